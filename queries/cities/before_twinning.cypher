// title: {en: Before twinning with a city, fa: پیش از خواهرخواندگی با یک شهر}
// about:
//   en: The links that the city already has or plans, by the country of the partner.
//   fa: پیوندهایی که شهر هم‌اکنون دارد یا در برنامه دارد، به تفکیک کشورِ طرف مقابل.
// params:
//   city: {type: entity, of: [City], label: {en: City to be asked, fa: شهر مورد نظر}}
// view: table
// tags: [sister cities]
// columns:
//   country: {en: Country of the partner, fa: کشور طرف مقابل}
//   links: {en: Links, fa: پیوندها}
//   partners: {en: Sister cities, fa: شهرهای خواهرخوانده}
//   status: {en: States, fa: وضعیت‌ها}
// example: {city: "place:sanaa"}
MATCH (:Entity {id: $city})-[t:TWINNED_WITH]-(partner:Place)
OPTIONAL MATCH (partner) (()-[within:WITHIN WHERE coalesce(within.rank, '') <> 'deprecated']->()){1,4} (country:Country)
WITH partner, t, head(collect(DISTINCT country)) AS country
WITH country, collect(DISTINCT partner) AS partners, collect(DISTINCT t.status) AS status
RETURN country, size(partners) AS links, partners, status
ORDER BY links DESC, country.name_en
