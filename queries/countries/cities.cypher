// title: {en: Cities of a country, fa: شهرهای یک کشور}
// about:
//   en: The cities of a country with their sister cities, those with most first.
//   fa: شهرهای یک کشور با خواهرخوانده‌هایشان؛ نخست آن‌ها که بیش از همه دارند.
// params:
//   country: {type: entity, of: [Country], label: {en: Country, fa: کشور}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [sister cities]
// columns:
//   city: {en: City, fa: شهر}
//   links: {en: Number, fa: شمار, opens: cities/sister_cities, given: {city: city}}
//   partners: {en: Sister cities, fa: خواهرخوانده‌ها}
// example: {country: "place:iran"}
MATCH (:Entity {id: $country})<-[:WITHIN*1..4]-(city:City)
WITH DISTINCT city
WITH city, COLLECT { MATCH (city)-[:TWINNED_WITH]-(x:Place) RETURN DISTINCT x ORDER BY x.name_en } AS partners
RETURN city, size(partners) AS links, partners
ORDER BY links DESC, city.name_en, city.id
