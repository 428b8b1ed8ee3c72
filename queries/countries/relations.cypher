// title: {en: Relations of a country, fa: روابط یک کشور}
// about:
//   en: Every other country with which agreements, sister-city links or common events are recorded, and how many of each.
//   fa: همهٔ کشورهای دیگری که با آن‌ها سند، پیوند خواهرخواندگی یا رویداد مشترکی ثبت شده است، و شمار هر کدام.
// params:
//   country: {type: entity, of: [Country], label: {en: Country, fa: کشور}}
// view: table
// limits: {rows: 300, seconds: 10}
// tags: [international, ranking]
// columns:
//   partner: {en: Country, fa: کشور}
//   links: {en: Sister-city links, fa: پیوندهای خواهرخواندگی, opens: countries/sister_cities_between, given: {a: $country, b: partner}}
//   agreements: {en: Other agreements, fa: اسناد دیگر}
//   events: {en: Events, fa: رویدادها}
// example: {country: "place:iran"}
MATCH (country:Entity {id: $country})
CALL (country) {
  MATCH (x:Entity:City {iso_country: country.iso_country})-[tie:TWINNED_WITH]-(y:Place)
  RETURN y.iso_country AS code, 'link' AS what, tie.id AS id
  UNION
  MATCH (agreement:Agreement)<-[:PARTY_TO]-(x:Entity {iso_country: country.iso_country})
  MATCH (agreement)<-[:PARTY_TO]-(y:Entity)
  WHERE coalesce(agreement.kind, '') <> 'sister_city'
  RETURN y.iso_country AS code, 'agreement' AS what, agreement.id AS id
  UNION
  MATCH (event:Event)<-[:TOOK_PART_IN]-(x:Entity {iso_country: country.iso_country})
  MATCH (event)<-[:TOOK_PART_IN]-(y:Entity)
  RETURN y.iso_country AS code, 'event' AS what, event.id AS id
}
WITH country, code, count(DISTINCT CASE what WHEN 'link' THEN id END) AS links,
  count(DISTINCT CASE what WHEN 'agreement' THEN id END) AS agreements, count(DISTINCT CASE what WHEN 'event' THEN id END) AS events
WHERE code <> country.iso_country
MATCH (partner:Entity:Country {iso_country: code})
RETURN partner, links, agreements, events
ORDER BY links + agreements + events DESC, partner.name_en
