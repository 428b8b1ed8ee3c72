// title: {en: History of the status of an agreement, fa: پیشینهٔ وضعیت یک سند}
// about:
//   en: Every period in which nothing about its status changed, with the rule behind it and the acts that count. An empty first day means from the beginning, an empty last day without end.
//   fa: همهٔ دوره‌هایی که در آن‌ها چیزی از وضعیت سند تغییر نکرده است، با قاعده و اقدام‌های پشتوانه. خالی بودن روز آغاز یعنی از آغاز، و خالی بودن روز پایان یعنی بی‌پایان.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 1000, seconds: 10}
// tags: [status, history]
// columns:
//   acts: {en: Acts behind it, fa: اقدام‌های پشتوانه}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (:Entity {id: $agreement})-[h:HAD_STATUS]->(:Status)
RETURN CASE WHEN h.from > date('0001-01-01') THEN h.from END AS since,
  CASE WHEN h.to < date('9999-12-31') THEN h.to END AS until,
  h.status AS status, coalesce(h.candidates, []) AS candidates, h.rule AS rule, coalesce(h.flags, []) AS flags, h.next_end AS next_end,
  h.renewals AS renewals, h.disposition AS disposition, h.implementation AS implementation,
  COLLECT { UNWIND h.acts AS id MATCH (e:Entity {id: id}) RETURN e } AS acts
ORDER BY h.from
