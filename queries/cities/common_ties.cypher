// title: {en: Common ties of two cities, fa: پیوندهای مشترک دو شهر}
// about:
//   en: Who and what connects both, in one step from each. Groups, and what somebody said, are left out.
//   fa: چه کسان و چه چیزهایی هر دو را، با یک گام از هر کدام، به هم می‌پیوندند. گروه‌ها کنار گذاشته می‌شوند.
// params:
//   a: {type: entity, of: [City], label: {en: First city, fa: شهر نخست}}
//   b: {type: entity, of: [City], label: {en: Second city, fa: شهر دوم}}
// view: network
// limits: {rows: 200, seconds: 10}
// tags: [sister cities, network]
// example: {a: "place:mashhad", b: "place:418863"}
MATCH (a:Entity {id: $a})
MATCH (b:Entity {id: $b})
CALL (a, b) {
  MATCH (a)-[r:WITHIN|PART_OF|BASED_IN|SERVES|POST_AT|POST_FOR|APPOINTS|TO_POST|ISSUED_BY|ON_BEHALF_OF|PARTY_TO|SIGNED|UNDER_UMBRELLA|SUCCEEDS|APPLIES_IN|SET_UP_UNDER|ABOUT|ARISES_FROM|OWED_BY|TOOK_PART_IN|HELD_IN|ACTS_ON|MEASURES|SAID|POSSIBLY_SAME_AS|TWINNED_WITH]-(common:Entity)
  WHERE common <> b
    AND NOT coalesce(common.is_group, FALSE)
    AND NOT common:Statement
  MATCH (common)-[s:WITHIN|PART_OF|BASED_IN|SERVES|POST_AT|POST_FOR|APPOINTS|TO_POST|ISSUED_BY|ON_BEHALF_OF|PARTY_TO|SIGNED|UNDER_UMBRELLA|SUCCEEDS|APPLIES_IN|SET_UP_UNDER|ABOUT|ARISES_FROM|OWED_BY|TOOK_PART_IN|HELD_IN|ACTS_ON|MEASURES|SAID|POSSIBLY_SAME_AS|TWINNED_WITH]-(b)
  RETURN common, r, s
  UNION
  MATCH (a)-[r:WITHIN|PART_OF|BASED_IN|SERVES|POST_AT|POST_FOR|APPOINTS|TO_POST|ISSUED_BY|ON_BEHALF_OF|PARTY_TO|SIGNED|UNDER_UMBRELLA|SUCCEEDS|APPLIES_IN|SET_UP_UNDER|ABOUT|ARISES_FROM|OWED_BY|TOOK_PART_IN|HELD_IN|ACTS_ON|MEASURES|SAID|POSSIBLY_SAME_AS|TWINNED_WITH]-(b)
  RETURN NULL AS common, r, NULL AS s
}
RETURN a, b, common, r, s
