// title: {en: Planned events without a date, fa: رویدادهای در برنامهٔ بی‌تاریخ}
// about:
//   en: Events that somebody plans and no source dates.
//   fa: رویدادهایی که در برنامه‌اند و هیچ منبعی تاریخشان را نمی‌گوید.
// view: table
// tags: [follow-up, data quality]
// columns:
//   event: {en: Event, fa: رویداد}
//   places: {en: Where, fa: کجا}
//   participants: {en: Who, fa: چه کسانی}
//   reported_on: {en: Reported on, fa: تاریخ گزارش}
MATCH (event:Event {status: 'planned'})
WHERE event.date_earliest IS NULL
OPTIONAL MATCH (event)-[claim:EVIDENCED_BY WHERE coalesce(claim.rank, '') <> 'deprecated']->(:Source)
WITH event, max(claim.reported_on) AS reported_on
RETURN event, event.kind AS kind,
  COLLECT {
    MATCH (event)-[held_in:HELD_IN WHERE coalesce(held_in.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x ORDER BY x.id
  } AS places,
  COLLECT {
    MATCH (event)<-[took_part_in:TOOK_PART_IN WHERE coalesce(took_part_in.rank, '') <> 'deprecated']-(x:Entity)
    RETURN DISTINCT x ORDER BY x.id
  } AS participants,
  reported_on
ORDER BY reported_on, event.id
