// title: {en: "Planned and past their date, unconfirmed", fa: برنامه‌هایی که زمانشان گذشته و تأیید نشده‌اند}
// about:
//   en: Events that a source announced for a day that has passed, and of which nobody says that they took place. They are unconfirmed, not held.
//   fa: رویدادهایی که منبعی برای روزی گذشته اعلام کرده و هیچ‌کس برگزاری‌شان را نگفته است؛ تأییدنشده‌اند، نه برگزارشده.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events, follow-up]
// columns:
//   event: {en: Event, fa: رویداد}
//   days: {en: Days since, fa: روزهای گذشته}
//   reported_on: {en: Last word, fa: آخرین خبر}
// example: {as_of: "2025-12-10"}
MATCH (event:Event {status: 'planned'})
WHERE event.date_latest < $as_of
OPTIONAL MATCH (event)-[claim:EVIDENCED_BY]->(:Source)
WITH event, max(claim.reported_on) AS reported_on
RETURN event, event.kind AS kind, event.date_written AS date, duration.inDays(event.date_latest, $as_of).days AS days, reported_on
ORDER BY event.date_latest, event.id
