// title: {en: Cities with the most sister cities, fa: شهرهایی با بیشترین خواهرخوانده}
// about:
//   en: The cities with the most sister cities, planned ones included, and in how many countries those lie.
//   fa: شهرهایی که بیشترین خواهرخوانده را، با احتساب موارد در برنامه، دارند و شمار کشورهای آن‌ها.
// params:
//   country: {type: entity, of: [Country], required: no, label: {en: Country, fa: کشور}, help: {en: Leave it blank for all countries., fa: برای همهٔ کشورها خالی بگذارید.}}
//   most: {type: integer, default: 20, least: 1, most: 500, label: {en: How many, fa: چند شهر}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [sister cities, ranking]
// columns:
//   city: {en: City, fa: شهر}
//   sister_cities: {en: Sister cities, fa: خواهرخوانده‌ها, opens: cities/sister_cities, given: {city: city}}
//   countries: {en: Countries, fa: کشورها}
// example: {country: "place:iran"}
MATCH (city:City)-[:TWINNED_WITH]-(partner:Place)
WHERE $country IS NULL
  OR EXISTS { (city)-[:WITHIN*1..4]->(:Entity:Country {id: $country}) }
WITH city, collect(DISTINCT partner) AS partners
ORDER BY size(partners) DESC, city.name_en, city.id
LIMIT $most
RETURN city, size(partners) AS sister_cities,
  COUNT { UNWIND partners AS partner MATCH (partner)-[:WITHIN*1..4]->(c:Country) RETURN DISTINCT c } AS countries
ORDER BY sister_cities DESC, city.name_en, city.id
