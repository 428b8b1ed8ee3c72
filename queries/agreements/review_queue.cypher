// title: {en: Under review, fa: در دست بازنگری}
// about:
//   en: Agreements, and groups of them, that are under review, with what was decided.
//   fa: اسناد، و دسته‌هایی از آن‌ها، که در دست بازنگری‌اند، با آنچه تصمیم گرفته شده است.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up, status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   group_size: {en: How many, fa: چند سند}
//   decided_in: {en: Decided in, fa: تصمیم در}
// example: {as_of: "2025-12-05"}
MATCH (agreement:Agreement)
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
WITH agreement, coalesce(h.disposition, 'none') AS disposition
WHERE disposition <> 'none' OR agreement.review_disposition IS NOT NULL
RETURN agreement, coalesce(agreement.group_size, 1) AS group_size, CASE WHEN disposition = 'none' THEN agreement.review_disposition ELSE disposition END AS disposition, COLLECT {
  MATCH (event:Event)-[act:ACTS_ON]->(agreement)
  WHERE act.action IN ['renewal_decided', 'downgrade_decided', 'termination_decided', 'keep_decided']
  RETURN event ORDER BY event.id
} AS decided_in
ORDER BY group_size DESC, agreement.id
