// title: {en: Plans without new evidence, fa: طرح‌های بی‌خبر}
// about:
//   en: Plans and drafts that nobody has spoken of for so many days, the longest silent first. Groups are left out.
//   fa: طرح‌ها و پیش‌نویس‌هایی که این شمار روز کسی از آن‌ها سخنی نگفته است، بی‌خبرترین در آغاز. گروه‌ها کنار گذاشته می‌شوند.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
//   days: {type: integer, default: 180, least: 0, most: 36600, label: {en: More than days, fa: بیش از چند روز}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, follow-up]
// columns:
//   agreement: {en: Agreement or plan, fa: سند یا طرح}
//   days_silent: {en: Days without evidence, fa: روزهای بی‌خبری}
// example: {as_of: "2025-12-05", days: 180}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND NOT coalesce(agreement.is_group, FALSE)
  AND duration.inDays(h.last_evidence, $as_of).days > $days
RETURN agreement, h.status AS status, coalesce(h.flags, []) AS flags, h.last_evidence AS last_evidence,
  duration.inDays(h.last_evidence, $as_of).days AS days_silent
ORDER BY days_silent DESC, agreement.id
