// title: {en: Where an umbrella has sub-agreements, fa: پوشش یک سند کلان}
// about:
//   en: The provinces of a country with the agreements under an umbrella that apply there. Empty means that none is recorded, not that there is none.
//   fa: استان‌های یک کشور با اسناد ذیل یک سند کلان که در آن‌ها اجرا می‌شود. خالی یعنی ثبت نشده است، نه آنکه نیست.
// params:
//   umbrella: {type: entity, of: [Agreement], label: {en: Umbrella, fa: سند کلان}}
//   country: {type: entity, of: [Country], label: {en: Country, fa: کشور}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up]
// columns:
//   province: {en: Province, fa: استان}
//   agreements: {en: Under the umbrella, fa: ذیل سند کلان}
// example: {umbrella: "agreement:mou-hawza-macro", country: "place:iran"}
MATCH (province:Province)-[:WITHIN]->(:Entity {id: $country})
RETURN province, COLLECT {
  MATCH (province)<-[:APPLIES_IN]-(sub:Agreement)-[:UNDER_UMBRELLA]->(:Entity {id: $umbrella})
  RETURN DISTINCT sub ORDER BY sub.id
} AS agreements
ORDER BY size(agreements) DESC, province.id
