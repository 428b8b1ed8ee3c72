// title: {en: Joint bodies under an agreement, fa: ارکان مشترک ذیل یک سند}
// about:
//   en: Working groups, committees and secretariats set up under an agreement, with chair, members and meetings.
//   fa: کارگروه‌ها، کمیته‌ها و دبیرخانه‌هایی که ذیل سند تشکیل شده‌اند، با رئیس، اعضا و جلسه‌ها.
// params:
//   agreement: {type: entity, of: [Agreement]}
// view: table
// tags: [bodies]
// columns:
//   body: {en: Body, fa: رکن}
//   chairs: {en: Chair, fa: رئیس}
//   members: {en: Members, fa: اعضا}
//   meetings: {en: Meetings, fa: جلسه‌ها}
// example: {agreement: "agreement:mou-quranic-khuzestan-arvand-basra"}
MATCH (body:Body)
  -[set_up_under:SET_UP_UNDER WHERE coalesce(set_up_under.rank, '') <> 'deprecated']->(:Entity {id: $agreement})
WITH DISTINCT body
RETURN body, body.kind AS kind, body.status AS status,
  COLLECT {
    MATCH (body)
      <-[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']-(:Post {kind: 'chair'})
      <-[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']-(:Appointment)
      -[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']->(x:Person)
    RETURN DISTINCT x
  } AS chairs,
  COLLECT {
    MATCH (body)
      <-[post_at_2:POST_AT WHERE coalesce(post_at_2.rank, '') <> 'deprecated']-(:Post {kind: 'member'})
      <-[to_post_2:TO_POST WHERE coalesce(to_post_2.rank, '') <> 'deprecated']-(:Appointment)
      -[appoints_2:APPOINTS WHERE coalesce(appoints_2.rank, '') <> 'deprecated']->(x:Person)
    RETURN DISTINCT x
  } AS members,
  COLLECT {
    MATCH (body)-[took_part_in:TOOK_PART_IN WHERE coalesce(took_part_in.rank, '') <> 'deprecated']->(e:Event)
    WHERE e.kind IN ['meeting', 'meeting_series', 'conference']
    RETURN DISTINCT e
  } AS meetings
ORDER BY body.name_en, body.id
