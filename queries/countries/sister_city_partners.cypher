// title: {en: Sister cities of a country, fa: خواهرخواندگی‌های شهرهای یک کشور}
// about:
//   en: With which countries the cities of a country are twinned, and how often; planned links are included.
//   fa: شهرهای یک کشور با شهرهای کدام کشورها و در چند مورد خواهرخوانده‌اند؛ پیوندهای در برنامه هم شمرده می‌شوند.
// params:
//   country: {type: entity, of: [Country], label: {en: Country, fa: کشور}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [sister cities, international, ranking]
// columns:
//   partner: {en: Partner country, fa: کشور مقابل}
//   links: {en: Links, fa: پیوندها, opens: countries/sister_cities_between, given: {a: $country, b: partner}}
//   cities: {en: Cities of the country, fa: شهرهای کشور}
// example: {country: "place:iran"}
MATCH (:Entity {id: $country})<-[:WITHIN*1..4]-(city:City)
WITH DISTINCT city
MATCH (city)-[:TWINNED_WITH]-(other:Place)
OPTIONAL MATCH (other)-[:WITHIN*1..4]->(c:Country)
WITH city, other, head(collect(DISTINCT c)) AS partner
WITH partner, count(DISTINCT [city.id, other.id]) AS links, collect(DISTINCT city) AS cities
RETURN partner, links, cities
ORDER BY links DESC, partner.name_en
