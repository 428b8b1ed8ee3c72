// title: {en: Events of a place or an institution, fa: رویدادهای یک مکان یا یک نهاد}
// about:
//   en: Meetings, letters, visits and other events in which it took part itself or by those in its posts, or that were held there.
//   fa: جلسه‌ها، نامه‌ها، سفرها و دیگر رویدادهایی که خود یا صاحبان سمت‌هایش در آن شرکت داشته‌اند یا آنجا برگزار شده‌اند.
// params:
//   of: {type: entity, of: [Place, Institution], label: {en: Place or institution, fa: مکان یا نهاد}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events]
// columns:
//   event: {en: Event, fa: رویداد}
//   how: {en: By, fa: از راه}
//   places: {en: Where, fa: کجا}
// example: {of: "place:mashhad"}
MATCH (of:Entity {id: $of})
CALL (of) {
  MATCH (of)-[:TOOK_PART_IN]->(event:Event)
  RETURN event, of AS how
  UNION
  MATCH (of)<-[:HELD_IN]-(event:Event)
  RETURN event, of AS how
  UNION
  MATCH (of)<-[:POST_AT|POST_FOR]-(how:Post)-[:TOOK_PART_IN]->(event:Event)
  RETURN event, how
  UNION
  MATCH (of)<-[:POST_AT|POST_FOR]-(:Post)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(how:Person)-[:TOOK_PART_IN]->(event:Event)
  RETURN event, how
  UNION
  MATCH (of:Place)<-[:BASED_IN|SERVES]-(how:Institution)-[:TOOK_PART_IN]->(event:Event)
  RETURN event, how
}
WITH event, collect(DISTINCT how) AS how
RETURN event, event.kind AS kind, event.status AS status, event.date_written AS date,
  COLLECT { MATCH (event)-[:HELD_IN]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS places, how
ORDER BY event.date_latest DESC, event.id
