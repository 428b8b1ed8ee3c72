// title: {en: Met without any instrument, fa: دیدار بی هیچ سندی}
// about:
//   en: Institutions of two countries whose people met, with no agreement recorded between the two. Meetings about an agreement are left out.
//   fa: نهادهای دو کشور که نمایندگانشان دیدار کرده‌اند و سندی میانشان ثبت نشده است. دیدارهای مربوط به یک سند کنار گذاشته می‌شوند.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international, follow-up]
// columns:
//   institution: {en: Institution, fa: نهاد}
//   counterpart: {en: Counterpart, fa: نهاد مقابل}
//   people: {en: People, fa: اشخاص}
//   events: {en: Events, fa: رویدادها}
MATCH (event:Event)
WHERE coalesce(event.status, 'held') <> 'planned'
  AND NOT EXISTS { (event)-[:ACTS_ON|ABOUT]->(:Agreement) }
MATCH (event)<-[:TOOK_PART_IN]-(a:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(i:Institution)
MATCH (event)<-[:TOOK_PART_IN]-(b:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(j:Institution)
WHERE i.id < j.id
  AND i.iso_country <> j.iso_country
  AND NOT EXISTS { (i)-[:PARTY_TO]->(:Agreement)<-[:PARTY_TO]-(j) }
UNWIND [a, b] AS person
RETURN i AS institution, j AS counterpart, collect(DISTINCT person) AS people, collect(DISTINCT event) AS events
ORDER BY institution.name_en, counterpart.name_en
