// title: {en: Who took part in an event, fa: چه کسانی در یک رویداد شرکت کردند}
// about:
//   en: Participants with role, post, institution and country. Seats whose holder is not known and unnamed groups are listed too.
//   fa: شرکت‌کنندگان با نقش، سمت، نهاد و کشور. جایگاه‌های بی‌نام و گروه‌های نام‌برده‌نشده هم فهرست می‌شوند.
// params:
//   event: {type: entity, of: [Event], label: {en: Event, fa: رویداد}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events]
// columns:
//   participant: {en: Participant, fa: شرکت‌کننده}
//   posts: {en: Posts, fa: سمت‌ها}
//   institutions: {en: Institutions, fa: نهادها}
//   countries: {en: Countries, fa: کشورها}
// example: {event: "event:evt-quranic-mou-drafting-session"}
MATCH (participant:Entity)-[part:TOOK_PART_IN WHERE coalesce(part.rank, '') <> 'deprecated']->(:Entity {id: $event})
WITH participant, part
ORDER BY coalesce(part.rank, '') <> 'preferred'
WITH participant, head(collect(part.role)) AS role, head(collect(part.answer)) AS answer,
  head(collect(part.certainty)) AS certainty, min(part.source_line) AS source_line
WITH participant, role, answer, certainty, source_line,
  COLLECT {
    MATCH (participant)
      <-[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']-(:Appointment)
      -[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']->(x:Post)
    RETURN DISTINCT x ORDER BY x.id
  } AS posts
WITH participant, role, answer, certainty, source_line, posts,
  COLLECT {
    UNWIND posts + participant AS post
    MATCH (post)-[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x ORDER BY x.id
  } AS institutions
RETURN participant, role, answer, posts, institutions,
  COLLECT {
    MATCH (c:Country)
    WHERE c.iso_country IN [x IN institutions + participant | x.iso_country]
    RETURN c ORDER BY c.id
  } AS countries,
  certainty, source_line
ORDER BY role, source_line, participant.id
