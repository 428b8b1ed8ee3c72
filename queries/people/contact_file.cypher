// title: {en: Contact file of a person, fa: پروندهٔ تماس یک شخص}
// about:
//   en: Meetings, visits and conferences of a person, held or planned, with the others who took part.
//   fa: دیدارها، سفرها و همایش‌های یک شخص، برگزارشده یا در برنامه، با دیگر شرکت‌کنندگان.
// params:
//   person: {type: entity, of: [Person], label: {en: Person, fa: شخص}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events]
// columns:
//   event: {en: Event, fa: رویداد}
//   places: {en: Where, fa: کجا}
//   others: {en: With, fa: همراه با}
// example: {person: "person:bakht-rustamov"}
MATCH (person:Entity {id: $person})-[part:TOOK_PART_IN]->(event:Event)
WITH person, event, collect(DISTINCT part.role) AS role, max(part.reported_on) AS reported_on
RETURN event, event.kind AS kind, event.status AS status, event.date_written AS date, role,
  COLLECT { MATCH (event)-[:HELD_IN]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS places,
  COLLECT {
    MATCH (event)<-[other:TOOK_PART_IN]-(x:Entity)
    WHERE x <> person AND coalesce(other.role, '') <> 'subject' // of whom an event speaks, he need not be there
    RETURN DISTINCT x ORDER BY x.id
  } AS others,
  reported_on
ORDER BY coalesce(event.date_latest, reported_on) DESC, event.id
