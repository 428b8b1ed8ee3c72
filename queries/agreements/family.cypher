// title: {en: "Umbrella, agreements under it, predecessors and successors", fa: "سند کلان، اسناد ذیل آن، پیشینیان و جانشینان"}
// about:
//   en: The agreements that an agreement stands under or follows, and those that stand under it or follow it, with how each stands on the day.
//   fa: اسنادی که یک سند ذیل آن‌ها یا جانشین آن‌هاست، و اسنادی که ذیل آن یا جانشین آن‌اند، با وضعیت هر کدام در آن روز.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, history]
// columns:
//   relation: {en: Which is, fa: که عبارت است از}
//   agreement: {en: Agreement or plan, fa: سند یا طرح}
// example: {agreement: "agreement:agr-hawza-supplementary", as_of: "2025-12-05"}
MATCH (g:Entity:Agreement {id: $agreement})
CALL (g) {
  MATCH (g)-[:UNDER_UMBRELLA]->(agreement:Agreement) RETURN agreement, 'umbrella' AS relation, NULL AS reason
  UNION
  MATCH (g)-[tie:SUCCEEDS]->(agreement:Agreement) RETURN agreement, 'predecessor' AS relation, tie.reason AS reason
  UNION
  MATCH (g)<-[tie:SUCCEEDS]-(agreement:Agreement) RETURN agreement, 'successor' AS relation, tie.reason AS reason
  UNION
  MATCH (g)-[:PART_OF]->(agreement:Agreement) RETURN agreement, 'portfolio' AS relation, NULL AS reason
  UNION
  MATCH (g)<-[:UNDER_UMBRELLA|PART_OF]-(agreement:Agreement) RETURN agreement, 'subordinate' AS relation, NULL AS reason
}
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN relation, agreement, agreement.kind AS kind, collect(DISTINCT reason) AS reason, coalesce(h.status, 'none') AS status,
  agreement.signed_on_written AS signed_on, h.next_end AS next_end
ORDER BY CASE relation WHEN 'portfolio' THEN 0 WHEN 'umbrella' THEN 1 WHEN 'predecessor' THEN 2 WHEN 'successor' THEN 3 ELSE 4 END,
  agreement.id
