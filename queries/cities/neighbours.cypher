// title: {en: Links of neighbouring cities, fa: پیوندهای شهرهای همسایه}
// about:
//   en: The other cities of the country that have sister cities, the nearest first, with the countries of their partners and those that both have.
//   fa: دیگر شهرهای کشور که خواهرخوانده دارند، نزدیک‌ترین‌ها نخست، با کشورهای طرف مقابل و خواهرخوانده‌های مشترک.
// params:
//   city: {type: entity, of: [City], label: {en: City, fa: شهر}}
// view: table
// limits: {rows: 200, seconds: 10}
// tags: [sister cities]
// columns:
//   neighbour: {en: City, fa: شهر}
//   kilometres: {en: Kilometres away, fa: فاصله به کیلومتر}
//   links: {en: Sister cities, fa: شمار خواهرخوانده‌ها, opens: cities/sister_cities, given: {city: neighbour}}
//   partners: {en: Countries of the partners, fa: کشورهای طرف مقابل}
//   shared: {en: Partners of both, fa: خواهرخوانده‌های مشترک}
// example: {city: "place:mashhad"}
MATCH (city:Entity {id: $city})
MATCH (neighbour:Entity:City {iso_country: city.iso_country})
WHERE neighbour <> city
  AND EXISTS { (neighbour)-[:TWINNED_WITH]-() }
WITH city, neighbour, toInteger(round(point.distance(city.position, neighbour.position) / 1000)) AS kilometres
RETURN neighbour, kilometres, COUNT { MATCH (neighbour)-[:TWINNED_WITH]-(x) RETURN DISTINCT x } AS links,
  COLLECT { MATCH (neighbour)-[:TWINNED_WITH]-(:Place)-[:WITHIN*0..4]->(c:Country) RETURN DISTINCT c ORDER BY c.name_en } AS partners,
  COLLECT { MATCH (city)-[:TWINNED_WITH]-(x)-[:TWINNED_WITH]-(neighbour) RETURN DISTINCT x ORDER BY x.name_en } AS shared
ORDER BY coalesce(kilometres, 100000), neighbour.name_en, neighbour.id
