// title: {en: Appointments and decrees by their end, fa: انتصاب‌ها و احکام بر پایهٔ پایان}
// about:
//   en: Every appointment with its begin and end and whether it stands on the day, ends within a number of days, has expired, or is to begin. Where no source gives an end, that is said.
//   fa: همهٔ انتصاب‌ها با آغاز و پایان، و اینکه در آن روز برقرار است، تا چند روز دیگر پایان می‌یابد، پایان یافته یا هنوز آغاز نشده است. هر جا منبعی پایان را نگفته باشد، همین نوشته می‌شود.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
//   days: {type: integer, default: 90, least: 0, most: 36600, label: {en: Ending within days, fa: پایان تا چند روز دیگر}}
//   standing:
//     type: choice
//     required: no
//     label: {en: Only, fa: تنها}
//     values: [{value: current, en: Standing, fa: برقرار}, {value: ending, en: Ending soon, fa: رو به پایان}, {value: past, en: Expired, fa: پایان‌یافته}, {value: to_come, en: To come, fa: در پیش}, {value: end_unknown, en: Begin or end not recorded, fa: آغاز یا پایان ثبت نشده}]
// view: table
// limits: {rows: 1000, seconds: 10}
// tags: [posts, follow-up]
// columns:
//   person: {en: Person, fa: شخص}
//   post: {en: Post, fa: سمت}
//   institutions: {en: At, fa: در}
//   days_left: {en: Days left, fa: روزهای مانده}
//   issued_by: {en: Appointed by, fa: منصوب از سوی}
//   appointment: {en: Appointment, fa: انتصاب}
// example: {as_of: "2025-12-05"}
MATCH (person:Person)<-[:APPOINTS]-(appointment:Appointment)-[:TO_POST]->(post:Post)
WITH DISTINCT person, appointment, post,
  CASE
    WHEN appointment.valid_to_latest < $as_of THEN 'past'
    WHEN appointment.valid_from_earliest > $as_of THEN 'to_come'
    WHEN appointment.valid_to_latest <= $as_of + duration({days: $days}) THEN 'ending'
    WHEN appointment.valid_from_latest <= $as_of AND appointment.valid_to_earliest >= $as_of THEN 'current'
    ELSE 'end_unknown'
  END AS standing
WHERE $standing IS NULL OR standing = $standing
RETURN standing, person, post,
  COLLECT { MATCH (post)-[:POST_AT]->(x:Institution) RETURN DISTINCT x ORDER BY x.id } AS institutions,
  appointment.valid_from_written AS valid_from, appointment.valid_to_written AS valid_to,
  CASE WHEN appointment.valid_to_latest >= $as_of THEN duration.inDays($as_of, appointment.valid_to_latest).days END AS days_left,
  appointment.as_of_written AS as_of,
  COLLECT { MATCH (appointment)-[:ISSUED_BY]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS issued_by, appointment
ORDER BY appointment.valid_to_latest IS NULL,
  CASE standing WHEN 'ending' THEN 0 WHEN 'past' THEN 1 ELSE 2 END, appointment.valid_to_latest, person.id, post.id
