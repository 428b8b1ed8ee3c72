// title: {en: Counterparts that nobody wrote to, fa: طرف‌هایی که به آن‌ها نامه نرفته است}
// about:
//   en: For each side of a plan, who of the place itself and who of its country was written to or met. Empty means that none is recorded.
//   fa: برای هر سوی یک طرح، به چه کسی از خود آن مکان و به چه کسی از کشور آن نامه نوشته شده یا با او دیدار شده است. خالی یعنی ثبت نشده است.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [correspondence]
// columns:
//   counterpart: {en: Counterpart, fa: طرف مقابل}
//   country: {en: Country, fa: کشور}
//   of_the_place: {en: Of the place, fa: از خود مکان}
//   of_the_country: {en: Of the country, fa: از کشور آن}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (counterpart:Place)-[:PARTY_TO {role: 'prospective_counterpart'}]->(g:Entity:Agreement {id: $agreement})
OPTIONAL MATCH (counterpart)-[:WITHIN]->+(country:Country)
WITH g, counterpart, head(collect(DISTINCT country)) AS country
RETURN counterpart, country, COLLECT {
    MATCH (who:Entity)-[part:TOOK_PART_IN]->(:Event)-[:ACTS_ON|ABOUT]->(g)
    WHERE part.role IN ['addressee', 'attendee']
      AND (EXISTS { (who)-[:POST_AT|BASED_IN|SERVES]->{1,2}(counterpart) } OR who = counterpart)
    RETURN DISTINCT who ORDER BY who.id
  } AS of_the_place, COLLECT {
    MATCH (who:Entity)-[part:TOOK_PART_IN]->(:Event)-[:ACTS_ON|ABOUT]->(g)
    WHERE part.role IN ['addressee', 'attendee'] AND EXISTS { (who)-[:ON_BEHALF_OF]->(country) }
    RETURN DISTINCT who ORDER BY who.id
  } AS of_the_country
ORDER BY counterpart.id
