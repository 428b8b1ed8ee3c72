// title: {en: Sister cities of a city, fa: خواهرخوانده‌های یک شهر}
// about:
//   en: Every sister city, existing or planned, with the state of the link and the source that reports it.
//   fa: همهٔ شهرهای خواهرخوانده، موجود یا در برنامه، با وضعیت پیوند و منبعی که آن را گزارش کرده است.
// params:
//   city: {type: entity, of: [City], label: {en: City, fa: شهر}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [sister cities]
// columns:
//   partner: {en: Sister city, fa: شهر خواهرخوانده}
//   country: {en: Country, fa: کشور}
//   status: {en: State, fa: وضعیت}
//   agreement: {en: Agreement, fa: سند}
//   certainty: {en: Certainty, fa: قطعیت}
//   sources: {en: Sources, fa: منابع}
// example: {city: "place:mashhad"}
MATCH (:Entity {id: $city})-[t:TWINNED_WITH]-(partner:Place)
OPTIONAL MATCH (partner) (()-[within:WITHIN WHERE coalesce(within.rank, '') <> 'deprecated']->()){1,4} (country:Country)
WITH partner, t, head(collect(DISTINCT country)) AS country
OPTIONAL MATCH (agreement:Entity {id: t.agreement})
OPTIONAL MATCH (agreement)-[claim:EVIDENCED_BY WHERE coalesce(claim.rank, '') <> 'deprecated']->(source:Source)
WITH partner, country, agreement, collect(DISTINCT claim.certainty) AS certainty, collect(DISTINCT source) AS sources
RETURN partner, country, agreement.status AS status, agreement, certainty, sources
ORDER BY country.name_en, partner.name_en, agreement.id
