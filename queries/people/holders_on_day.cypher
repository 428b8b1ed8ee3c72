// title: {en: Who held which post on a day, fa: متصدیان سمت‌ها در یک روز}
// about:
//   en: Every appointment of which the sources say that it stood on the day or at least nothing that speaks against it. The last word about it stands beside it.
//   fa: همهٔ انتصاب‌هایی که به گفتهٔ منابع در آن روز برقرار بوده یا دست‌کم چیزی خلاف آن گفته نشده است؛ آخرین خبر هر کدام کنار آن آمده است.
// params:
//   institution: {type: entity, of: [Institution], required: no, label: {en: Institution, fa: نهاد}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts]
// columns:
//   post: {en: Post, fa: سمت}
//   holders: {en: Holders, fa: متصدیان}
//   institutions: {en: At, fa: در}
// example: {as_of: "2025-12-05"}
MATCH (appointment:Appointment)-[:TO_POST]->(post:Post)
WHERE (appointment.valid_from_earliest IS NULL OR appointment.valid_from_earliest <= $as_of)
  AND (appointment.valid_to_latest IS NULL OR appointment.valid_to_latest >= $as_of)
  AND (appointment.as_of_earliest IS NULL OR appointment.as_of_earliest <= $as_of)
  AND ($institution IS NULL OR EXISTS { (post)-[:POST_AT]->(:Entity {id: $institution}) })
RETURN post, appointment.kind AS kind, appointment.as_of_written AS as_of, appointment.valid_to_written AS valid_to,
  COLLECT { MATCH (appointment)-[:APPOINTS]->(p:Person) RETURN DISTINCT p ORDER BY p.id } AS holders,
  COLLECT { MATCH (post)-[:POST_AT]->(i:Institution) RETURN DISTINCT i ORDER BY i.id } AS institutions
ORDER BY post.id, appointment.id
