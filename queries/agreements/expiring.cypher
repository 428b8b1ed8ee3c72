// title: {en: Agreements that end soon, fa: اسنادی که به‌زودی پایان می‌یابند}
// about:
//   en: Valid agreements whose end lies within so many days, the nearest first, and what is decided about them. What renews itself is among them, because notice must be given before.
//   fa: اسناد معتبری که پایانشان ظرف این شمار روز می‌رسد، نزدیک‌ترین در آغاز، و آنچه درباره‌شان تصمیم گرفته شده است. آنچه خودبه‌خود تمدید می‌شود هم هست، چون اعلام باید پیش از آن انجام شود.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
//   days: {type: integer, default: 90, least: 0, most: 3660, label: {en: Within days, fa: ظرف چند روز}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, follow-up]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   days_left: {en: Days left, fa: روزهای مانده}
//   parties: {en: Parties, fa: طرف‌ها}
// example: {as_of: "2025-12-05", days: 90}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND h.status IN ['in_force', 'expiring']
  AND h.next_end <= $as_of + duration({days: $days})
RETURN agreement, h.status AS status, h.next_end AS next_end, duration.inDays($as_of, h.next_end).days AS days_left,
  coalesce(h.flags, []) AS flags, h.disposition AS disposition, h.renewals AS renewals,
  COLLECT { MATCH (p:Entity)-[:PARTY_TO]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS parties
ORDER BY next_end, agreement.id
