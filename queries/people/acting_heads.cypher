// title: {en: Posts held by acting heads, fa: سمت‌هایی که سرپرست دارند}
// about:
//   en: Posts whose holder is an acting head, with the institution and since when the source says so.
//   fa: سمت‌هایی که متصدی‌شان سرپرست است، با نهاد و تاریخی که منبع می‌گوید.
// view: table
// tags: [posts]
// columns:
//   post: {en: Post, fa: سمت}
//   person: {en: Held by, fa: متصدی}
//   institutions: {en: At, fa: در}
//   places: {en: For, fa: برای}
MATCH (person:Person)
  <-[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']-(appointment:Appointment)
  -[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']->(post:Post {kind: 'acting_head'})
WITH DISTINCT person, appointment, post
RETURN post, person,
  COLLECT {
    MATCH (post)-[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS institutions,
  COLLECT {
    MATCH (post)-[post_for:POST_FOR WHERE coalesce(post_for.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS places,
  appointment.as_of_written AS as_of
ORDER BY post.name_en, post.id
