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
  AND NOT EXISTS { (event)-[acts_on:ACTS_ON|ABOUT WHERE coalesce(acts_on.rank, '') <> 'deprecated']->(:Agreement) }
MATCH (event)
  <-[took_part_in:TOOK_PART_IN WHERE coalesce(took_part_in.rank, '') <> 'deprecated']-(a:Person)
  <-[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']-(:Appointment)
  -[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']->(:Post)
  -[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']->(i:Institution)
MATCH (event)
  <-[took_part_in_2:TOOK_PART_IN WHERE coalesce(took_part_in_2.rank, '') <> 'deprecated']-(b:Person)
  <-[appoints_2:APPOINTS WHERE coalesce(appoints_2.rank, '') <> 'deprecated']-(:Appointment)
  -[to_post_2:TO_POST WHERE coalesce(to_post_2.rank, '') <> 'deprecated']->(:Post)
  -[post_at_2:POST_AT WHERE coalesce(post_at_2.rank, '') <> 'deprecated']->(j:Institution)
WHERE i.id < j.id
  AND i.iso_country <> j.iso_country
  AND NOT EXISTS { (i)
    -[party_to:PARTY_TO WHERE coalesce(party_to.rank, '') <> 'deprecated']->(:Agreement)
    <-[party_to_2:PARTY_TO WHERE coalesce(party_to_2.rank, '') <> 'deprecated']-(j) }
UNWIND [a, b] AS person
RETURN i AS institution, j AS counterpart, collect(DISTINCT person) AS people, collect(DISTINCT event) AS events
ORDER BY institution.name_en, counterpart.name_en
