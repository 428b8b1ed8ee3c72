// title: {en: Posts of a person over time, fa: سمت‌های یک شخص در گذر زمان}
// about:
//   en: Every appointment of a person with its days and the last word about it; on request only those that are not known to have ended.
//   fa: همهٔ انتصاب‌های یک شخص با تاریخ‌ها و آخرین خبر دربارهٔ هر کدام؛ در صورت درخواست تنها آن‌هایی که پایانشان معلوم نیست.
// params:
//   person: {type: entity, of: [Person], label: {en: Person, fa: شخص}}
//   standing_only: {type: boolean, default: no, label: {en: Only those not known to have ended, fa: تنها آن‌هایی که پایانشان معلوم نیست}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts]
// columns:
//   post: {en: Post, fa: سمت}
//   institutions: {en: At, fa: در}
//   issued_by: {en: Appointed by, fa: منصوب از سوی}
//   appointment: {en: Appointment, fa: انتصاب}
// example: {person: "person:bakht-rustamov", as_of: "2025-12-05"}
MATCH (:Entity {id: $person})<-[:APPOINTS]-(appointment:Appointment)-[:TO_POST]->(post:Post)
WITH DISTINCT appointment, post,
  CASE
    WHEN appointment.valid_to_latest < $as_of THEN 'past'
    WHEN appointment.valid_from_earliest > $as_of THEN 'to_come'
    WHEN appointment.valid_from_latest <= $as_of AND appointment.valid_to_earliest >= $as_of THEN 'current'
    ELSE 'end_unknown'
  END AS standing
WHERE NOT $standing_only
  OR standing IN ['current', 'end_unknown']
RETURN post, COLLECT { MATCH (post)-[:POST_AT]->(x:Institution) RETURN DISTINCT x ORDER BY x.id } AS institutions,
  post.kind AS kind, appointment.valid_from_written AS valid_from, appointment.valid_to_written AS valid_to,
  appointment.as_of_written AS as_of, standing,
  COLLECT { MATCH (appointment)-[:ISSUED_BY]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS issued_by, appointment
ORDER BY coalesce(appointment.valid_from_earliest, appointment.as_of_earliest) DESC, post.id, appointment.id
