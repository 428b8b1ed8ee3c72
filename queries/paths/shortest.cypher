// title: {en: Shortest paths between two entities, fa: کوتاه‌ترین مسیرها میان دو موجودیت}
// about:
//   en: The fewest steps that join the two, in whatever direction, at most eight. No path passes through a group or through what somebody said.
//   fa: کمترین گام‌هایی که دو سو را به هم می‌رسانند، در هر جهت و حداکثر هشت گام. هیچ مسیری از گروه‌ها یا گفته‌ها نمی‌گذرد.
// params:
//   a: {type: entity, label: {en: From, fa: از}}
//   b: {type: entity, label: {en: To, fa: به}}
//   countries: {type: boolean, default: yes, label: {en: Through countries, fa: گذر از کشورها}, help: {en: No leaves out paths that pass through a country., fa: با «نه» مسیرهایی که از یک کشور می‌گذرند کنار می‌روند.}}
// view: network
// limits: {rows: 100, seconds: 10}
// tags: [network]
// example: {a: "person:hadi-abyar", b: "person:ali-razi"}
MATCH path = ALL SHORTEST
  (a:Entity {id: $a})
  ((x)-[:WITHIN|PART_OF|BASED_IN|SERVES|POST_AT|POST_FOR|APPOINTS|TO_POST|ISSUED_BY|ON_BEHALF_OF|PARTY_TO|SIGNED|UNDER_UMBRELLA|SUCCEEDS|APPLIES_IN|SET_UP_UNDER|ABOUT|ARISES_FROM|OWED_BY|TOOK_PART_IN|HELD_IN|ACTS_ON|MEASURES|SAID|POSSIBLY_SAME_AS|TWINNED_WITH]-(y) WHERE y.id = $b OR NOT (coalesce(y.is_group, FALSE) OR y:Statement OR (y:Country AND NOT $countries))){1,8}
  (b:Entity {id: $b})
RETURN path
LIMIT 50
