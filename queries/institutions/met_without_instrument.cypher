// title: {en: Counterparts met without an instrument, fa: نهادهای دیدارشده بی هیچ سندی}
// about:
//   en: Institutions whose people met those of an institution, with no agreement recorded between the two. Meetings about an agreement, and parts of one institution, are left out.
//   fa: نهادهایی که نمایندگانشان با نمایندگان یک نهاد دیدار کرده‌اند و سندی میانشان ثبت نشده است. دیدارهای مربوط به یک سند و اجزای یک نهاد کنار گذاشته می‌شوند.
// params:
//   institution: {type: entity, of: [Institution], label: {en: Institution, fa: نهاد}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up]
// columns:
//   counterpart: {en: Counterpart, fa: نهاد مقابل}
//   people: {en: People, fa: اشخاص}
//   events: {en: Events, fa: رویدادها}
// example: {institution: "institution:iran-cultural-office-astana"}
MATCH (asked:Entity {id: $institution})
CALL (asked) {
  MATCH (asked)-[:TOOK_PART_IN]->(event:Event)
  RETURN event
  UNION
  MATCH (asked)<-[:POST_AT]-(:Post)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(:Person)-[:TOOK_PART_IN]->(event:Event)
  RETURN event
}
WITH asked, event
WHERE coalesce(event.status, 'held') <> 'planned'
  AND NOT EXISTS { (event)-[:ACTS_ON|ABOUT]->(:Agreement) }
CALL (event) {
  MATCH (event)<-[:TOOK_PART_IN]-(counterpart:Institution)
  RETURN counterpart, NULL AS person
  UNION
  MATCH (event)<-[:TOOK_PART_IN]-(person:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(counterpart:Institution)
  RETURN counterpart, person
}
WITH asked, event, counterpart, person
WHERE counterpart <> asked
  AND NOT EXISTS { (asked)-[:PARTY_TO]->(:Agreement)<-[:PARTY_TO]-(counterpart) }
  AND NOT EXISTS { (asked)-[:PART_OF]-(counterpart) }
RETURN counterpart, counterpart.iso_country AS iso_country, collect(DISTINCT person) AS people, collect(DISTINCT event) AS events
ORDER BY counterpart.id
