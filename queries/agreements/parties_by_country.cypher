// title: {en: Parties by country and role, fa: طرف‌ها به تفکیک کشور و نقش}
// about:
//   en: Who takes part in an agreement, with the role and the country of each.
//   fa: چه کسانی در یک سند سهم دارند، با نقش و کشور هر کدام.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
//   role: {type: choice, required: no, values: "MATCH (:Entity)-[r:PARTY_TO]->(:Agreement) RETURN DISTINCT r.role AS value ORDER BY value", label: {en: Role, fa: نقش}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international]
// columns:
//   party: {en: Party, fa: طرف}
//   country: {en: Country, fa: کشور}
// example: {agreement: "agreement:mou-quranic-khuzestan-arvand-basra"}
MATCH (party:Entity)-[tie:PARTY_TO]->(:Entity:Agreement {id: $agreement})
WHERE $role IS NULL OR tie.role = $role
WITH party, collect(DISTINCT tie.role) AS role
OPTIONAL MATCH (country:Entity:Country {iso_country: party.iso_country})
RETURN party, role, coalesce(
  country,
  head(COLLECT { MATCH (party)-[:WITHIN|SERVES|BASED_IN|PART_OF*1..4]->(c:Country) RETURN DISTINCT c ORDER BY c.id LIMIT 1 })
) AS country
ORDER BY country.id, role[0], party.id
