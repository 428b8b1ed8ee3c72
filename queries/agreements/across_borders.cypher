// title: {en: Agreements across borders, fa: اسناد همکاری فرامرزی}
// about:
//   en: Agreements whose parties lie in different countries. Plans without parties yet are not among them.
//   fa: اسنادی که طرف‌هایشان در کشورهای مختلف‌اند. طرح‌هایی که هنوز طرفی ندارند در این میان نیستند.
// params:
//   sister_cities: {type: boolean, default: no, label: {en: Sister-city links too, fa: خواهرخواندگی‌ها هم}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
//   countries: {en: Countries, fa: کشورها}
// example: {sister_cities: no, as_of: "2025-12-05"}
MATCH (party:Entity)-[:PARTY_TO {role: 'party'}]->(agreement:Agreement)
WHERE $sister_cities
  OR coalesce(agreement.kind, '') <> 'sister_city'
WITH DISTINCT agreement, party
OPTIONAL MATCH (party)-[:SERVES|BASED_IN*0..1]->(:Place)-[:WITHIN*0..4]->(country:Country)
WITH agreement, collect(DISTINCT party) AS parties, collect(DISTINCT country) AS countries
WHERE size(countries) > 1
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, agreement.kind AS kind, coalesce(h.status, 'none') AS status, parties, countries
ORDER BY agreement.name_en, agreement.id
