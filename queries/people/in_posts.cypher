// title: {en: Posts of a place or an institution, fa: سمت‌های یک مکان یا یک نهاد}
// about:
//   en: Posts at an institution, or for a place and at the institutions there, with who holds each. A post whose holder no source names is listed, too.
//   fa: سمت‌های یک نهاد، یا سمت‌های مربوط به یک مکان و نهادهای آن، با متصدی هر کدام. سمتی هم که متصدی‌اش در منابع نیامده فهرست می‌شود.
// params:
//   of: {type: entity, of: [Place, Institution], label: {en: Place or institution, fa: مکان یا نهاد}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts]
// columns:
//   post: {en: Post, fa: سمت}
//   person: {en: Held by, fa: متصدی}
//   institutions: {en: At, fa: در}
//   on_behalf_of: {en: On behalf of, fa: به نمایندگی از}
//   issued_by: {en: Appointed by, fa: منصوب از سوی}
// example: {of: "place:mashhad", as_of: "2025-12-05"}
MATCH (of:Entity {id: $of})
CALL (of) {
  MATCH (of)<-[:POST_AT|POST_FOR|ON_BEHALF_OF]-(post:Post)
  RETURN post
  UNION
  MATCH (of)<-[:BASED_IN|SERVES]-(:Institution)<-[:POST_AT]-(post:Post)
  RETURN post
  UNION
  MATCH (of)<-[:ON_BEHALF_OF]-(:Appointment)-[:TO_POST]->(post:Post)
  RETURN post
}
OPTIONAL MATCH (post)<-[:TO_POST]-(appointment:Appointment)
RETURN post, head(COLLECT { MATCH (appointment)-[:APPOINTS]->(x:Person) RETURN x ORDER BY x.id }) AS person,
  post.kind AS kind,
  CASE
    WHEN appointment IS NULL THEN NULL
    WHEN appointment.valid_to_latest < $as_of THEN 'past'
    WHEN appointment.valid_from_earliest > $as_of THEN 'to_come'
    WHEN appointment.valid_from_latest <= $as_of AND appointment.valid_to_earliest >= $as_of THEN 'current'
    ELSE 'end_unknown'
  END AS standing,
  appointment.valid_to_written AS valid_to, appointment.as_of_written AS as_of,
  COLLECT { MATCH (post)-[:POST_AT]->(x:Institution) RETURN DISTINCT x ORDER BY x.id } AS institutions,
  COLLECT {
    MATCH (post)-[:ON_BEHALF_OF]->(x:Entity) RETURN x
    UNION
    MATCH (appointment)-[:ON_BEHALF_OF]->(x:Entity) RETURN x
  } AS on_behalf_of,
  COLLECT { MATCH (appointment)-[:ISSUED_BY]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS issued_by
ORDER BY person IS NULL, post.id, appointment.id
