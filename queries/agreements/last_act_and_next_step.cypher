// title: {en: Last act and next step, fa: آخرین اقدام و گام بعدی}
// about:
//   en: For each agreement or plan that is not in force yet, the last recorded act, when it was reported, and the steps that are open.
//   fa: "برای هر سند یا طرحی که هنوز معتبر نیست: آخرین اقدام ثبت‌شده، زمان گزارش آن، و گام‌های مانده."
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up, status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   last_act: {en: Last act, fa: آخرین اقدام}
//   reported_on: {en: Reported on, fa: تاریخ گزارش}
//   days: {en: Days since, fa: روزهای گذشته}
//   next_steps: {en: Open steps, fa: گام‌های مانده}
// example: {as_of: "2025-12-05"}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to AND h.status IN ['proposed', 'under_study', 'negotiating', 'drafted', 'initialled', 'approved', 'partly_signed'] AND NOT coalesce(agreement.is_group, FALSE)
WITH agreement, h
OPTIONAL MATCH (last_act:Event)-[act:ACTS_ON]->(agreement)
WHERE last_act.status = 'held'
WITH agreement, h, last_act, max(act.reported_on) AS reported_on
ORDER BY coalesce(last_act.date_latest, reported_on) DESC, coalesce(last_act.sequence, 0) DESC
WITH agreement, h, head(collect(last_act)) AS last_act, max(reported_on) AS reported_on
RETURN agreement, h.status AS status, last_act, reported_on, duration.inDays(reported_on, $as_of).days AS days,
  COLLECT { MATCH (c:Commitment)-[:ARISES_FROM]->(agreement) WHERE c.kind IN ['decision', 'action', 'plan'] AND c.status IN ['open', 'planned', 'in_progress'] RETURN DISTINCT c ORDER BY c.id } AS next_steps
ORDER BY days DESC, agreement.id
