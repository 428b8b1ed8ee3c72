// title: {en: Agreements across borders, fa: اسناد همکاری فرامرزی}
// about:
//   en: Agreements whose parties lie in different countries. Plans without parties yet are not among them.
//   fa: اسنادی که طرف‌هایشان در کشورهای مختلف‌اند. طرح‌هایی که هنوز طرفی ندارند در این میان نیستند.
// params:
//   sister_cities: {type: boolean, default: no, label: {en: Sister-city links too, fa: خواهرخواندگی‌ها هم}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
//   countries: {en: Countries, fa: کشورها}
// example: {sister_cities: no}
MATCH (party:Entity)
  -[party_to:PARTY_TO {role: 'party'} WHERE coalesce(party_to.rank, '') <> 'deprecated']->(agreement:Agreement)
WHERE $sister_cities
  OR coalesce(agreement.kind, '') <> 'sister_city'
WITH DISTINCT agreement, party
OPTIONAL MATCH (party)
  (()-[serves:SERVES|BASED_IN WHERE coalesce(serves.rank, '') <> 'deprecated']->()){0,1} (:Place)
  (()-[within:WITHIN WHERE coalesce(within.rank, '') <> 'deprecated']->()){0,4} (country:Country)
WITH agreement, collect(DISTINCT party) AS parties, collect(DISTINCT country) AS countries
WHERE size(countries) > 1
RETURN agreement, agreement.kind AS kind, agreement.status AS status, parties, countries
ORDER BY agreement.name_en, agreement.id
