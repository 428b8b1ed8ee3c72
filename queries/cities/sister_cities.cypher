// title: {en: Sister cities of a city, fa: خواهرخوانده‌های یک شهر}
// about:
//   en: Every sister city, existing or planned, with the state of the link and the source that reports it.
//   fa: همهٔ شهرهای خواهرخوانده، موجود یا در برنامه، با وضعیت پیوند و منبعی که آن را گزارش کرده است.
// params:
//   city: {type: entity, of: [City], label: {en: City, fa: شهر}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
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
// example: {city: "place:mashhad", as_of: "2025-12-05"}
MATCH (:Entity {id: $city})-[t:TWINNED_WITH]-(partner:Place)
OPTIONAL MATCH (partner)-[:WITHIN*1..4]->(country:Country)
WITH partner, t, head(collect(DISTINCT country)) AS country
OPTIONAL MATCH (agreement:Entity {id: t.agreement})
OPTIONAL MATCH (agreement)-[claim:EVIDENCED_BY]->(source:Source)
WITH partner, country, agreement, collect(DISTINCT claim.certainty) AS certainty, collect(DISTINCT source) AS sources
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN partner, country, agreement.kind AS kind, coalesce(h.status, 'none') AS status, agreement, certainty, sources
ORDER BY country.name_en, partner.name_en, agreement.id
