// title: {en: Sister cities of two countries, fa: خواهرخوانده‌های دو کشور}
// about:
//   en: Every sister-city link, existing or planned, between cities of two countries.
//   fa: همهٔ پیوندهای خواهرخواندگی، موجود یا در برنامه، میان شهرهای دو کشور.
// params:
//   a: {type: entity, of: [Country], label: {en: First country, fa: کشور نخست}}
//   b: {type: entity, of: [Country], label: {en: Second country, fa: کشور دوم}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [sister cities, international]
// columns:
//   city: {en: City, fa: شهر}
//   partner: {en: Sister city, fa: شهر خواهرخوانده}
//   agreement: {en: Agreement, fa: سند}
// example: {a: "place:iran", b: "place:iraq"}
MATCH (:Entity {id: $a})<-[:WITHIN*1..4]-(city:City)
MATCH (city)-[tie:TWINNED_WITH]-(partner:Place)
WHERE EXISTS { (partner)-[:WITHIN*1..4]->(:Entity {id: $b}) }
WITH DISTINCT city, partner, tie
OPTIONAL MATCH (agreement:Entity {id: tie.agreement})
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN city, partner, agreement.kind AS kind, coalesce(h.status, 'none') AS status, agreement
ORDER BY city.name_en, partner.name_en, agreement.id
