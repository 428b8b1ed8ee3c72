// title: {en: People who have not visited for long, fa: کسانی که دیری است سفر نکرده‌اند}
// about:
//   en: People whose last dated visit was before a day. Visits without a date cannot be counted.
//   fa: کسانی که آخرین سفر تاریخ‌دارشان پیش از یک روز معین بوده است. سفرهای بی‌تاریخ به شمار نمی‌آیند.
// params:
//   before: {type: date, default: today-1826, label: {en: Last visit before, fa: آخرین سفر پیش از}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events, follow-up]
// columns:
//   person: {en: Person, fa: شخص}
//   visit: {en: Last visit, fa: آخرین سفر}
//   places: {en: To, fa: به}
// example: {before: "1404-09-11"}
MATCH (person:Person)
  -[took_part_in:TOOK_PART_IN {role: 'visitor'} WHERE coalesce(took_part_in.rank, '') <> 'deprecated']->(visit:Event {kind: 'visit'})
WHERE coalesce(visit.status, 'held') <> 'planned'
  AND visit.date_latest IS NOT NULL
WITH person, visit
ORDER BY visit.date_latest DESC
WITH person, head(collect(visit)) AS visit
WHERE visit.date_latest < $before
RETURN person, visit, visit.date_written AS date,
  COLLECT {
    MATCH (visit)-[held_in:HELD_IN WHERE coalesce(held_in.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS places
ORDER BY visit.date_latest, person.id
