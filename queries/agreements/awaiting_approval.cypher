// title: {en: Drafts that wait for approval, fa: پیش‌نویس‌های در انتظار تصویب}
// about:
//   en: Drafted or initialled texts without a recorded approval, the last word on each, what is still to be done, and who is to approve, if a source says so.
//   fa: متن‌های تدوین‌شده یا پاراف‌شده که تصویبی برایشان ثبت نشده، با آخرین خبر، کارهای مانده و مرجع تصویب، اگر منبعی گفته باشد.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// tags: [status, follow-up]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   last_acts: {en: Acts recorded, fa: اقدام‌های ثبت‌شده}
//   next_steps: {en: Still to be done, fa: کارهای مانده}
//   authorities: {en: Approving authority, fa: مرجع تصویب}
//   reported: {en: Last reported, fa: آخرین گزارش}
//   days: {en: Days since, fa: روزهای سپری‌شده}
// example: {as_of: "2025-12-05"}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND h.status IN ['drafted', 'initialled']
  AND NOT coalesce(agreement.is_group, FALSE)
  AND NOT EXISTS {
    MATCH (agreement)<-[act:ACTS_ON {action: 'approved'}]-(:Event)
    WHERE coalesce(act.reported_on, $as_of) <= $as_of
  }
OPTIONAL MATCH (agreement)-[claim:EVIDENCED_BY]->(:Source)
WHERE claim.reported_on <= $as_of
WITH agreement, h, max(claim.reported_on) AS reported
RETURN agreement, h.status AS status, coalesce(h.flags, []) AS flags,
  COLLECT { MATCH (agreement)<-[:ACTS_ON]-(e:Event) RETURN DISTINCT e ORDER BY e.id } AS last_acts,
  COLLECT {
    MATCH (agreement)<-[:ARISES_FROM]-(c:Commitment {kind: 'decision'})
    WHERE c.status IN ['open', 'in_progress']
    RETURN DISTINCT c ORDER BY c.id
  } AS next_steps,
  COLLECT { MATCH (x:Entity)-[:PARTY_TO {role: 'competent_authority'}]->(agreement) RETURN DISTINCT x } AS authorities,
  reported, duration.inDays(reported, $as_of).days AS days
ORDER BY reported, agreement.id
