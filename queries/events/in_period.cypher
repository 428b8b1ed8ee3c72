// title: {en: Events in a period, fa: رویدادهای یک بازه}
// about:
//   en: Events that fall into the period, or may do so when their date is incomplete.
//   fa: رویدادهایی که در بازه می‌افتند یا، اگر تاریخشان ناقص باشد، ممکن است بیفتند.
// params:
//   period: {type: date_range, default: {from: today, to: today+30}, label: {en: Period, fa: بازه}, help: {en: "A day, a month or a year in either calendar, or today+30.", fa: روز، ماه یا سال در هر دو تقویم، یا امروز+۳۰.}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events]
// columns:
//   event: {en: Event, fa: رویداد}
//   places: {en: Where, fa: کجا}
//   participants: {en: Who, fa: چه کسانی}
// example: {period: {from: "2025-12-02", to: "2025-12-09"}}
MATCH (event:Event)
WHERE event.date_earliest IS NOT NULL
  AND ($period.from IS NULL OR event.date_latest >= $period.from)
  AND ($period.to IS NULL OR event.date_earliest <= $period.to)
RETURN event, event.kind AS kind, event.status AS status, event.date_written AS date,
  COLLECT {
    MATCH (event)-[held_in:HELD_IN WHERE coalesce(held_in.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x ORDER BY x.id
  } AS places,
  COLLECT {
    MATCH (event)<-[took_part_in:TOOK_PART_IN WHERE coalesce(took_part_in.rank, '') <> 'deprecated']-(x:Entity)
    RETURN DISTINCT x ORDER BY x.id
  } AS participants
ORDER BY event.date_earliest, event.id
