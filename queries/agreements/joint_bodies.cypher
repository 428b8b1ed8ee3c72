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
MATCH (body:Body)-[:SET_UP_UNDER]->(:Entity {id: $agreement})
WITH DISTINCT body
RETURN body, body.kind AS kind, body.status AS status,
  COLLECT {
    MATCH (body)<-[:POST_AT]-(:Post {kind: 'chair'})<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(x:Person)
    RETURN DISTINCT x
  } AS chairs,
  COLLECT {
    MATCH (body)<-[:POST_AT]-(:Post {kind: 'member'})<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(x:Person)
    RETURN DISTINCT x
  } AS members,
  COLLECT {
    MATCH (body)-[:TOOK_PART_IN]->(e:Event)
    WHERE e.kind IN ['meeting', 'meeting_series', 'conference']
    RETURN DISTINCT e
  } AS meetings
ORDER BY body.name_en, body.id
