// title: {en: Posts whose last known appointment has ended, fa: سمت‌هایی که آخرین انتصاب شناخته‌شده‌شان پایان یافته است}
// about:
//   en: Posts of which every recorded appointment had ended before the day. They may be vacant, or have a holder whom no source names.
//   fa: سمت‌هایی که همهٔ انتصاب‌های ثبت‌شده‌شان پیش از آن روز پایان یافته است؛ شاید خالی باشند، شاید متصدی‌ای داشته باشند که هیچ منبعی نام نبرده است.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts, follow-up]
// columns:
//   post: {en: Post, fa: سمت}
//   institutions: {en: At, fa: در}
//   last_holder: {en: Last holder, fa: آخرین متصدی}
//   days_vacant: {en: Days since, fa: روزهای گذشته}
// example: {as_of: "2025-12-05"}
MATCH (post:Post)<-[:TO_POST]-(appointment:Appointment)
WITH post, max(appointment.valid_to_latest) AS last, count(*) AS appointments, count(appointment.valid_to_latest) AS ended
WHERE ended = appointments AND last < $as_of
RETURN post, post.kind AS kind,
  COLLECT { MATCH (post)-[:POST_AT]->(x:Institution) RETURN DISTINCT x ORDER BY x.id } AS institutions,
  head(COLLECT {
    MATCH (post)<-[:TO_POST]-(one:Appointment)-[:APPOINTS]->(p:Person)
    RETURN p ORDER BY one.valid_to_latest DESC LIMIT 1
  }) AS last_holder,
  last AS valid_to, duration.inDays(last, $as_of).days AS days_vacant
ORDER BY last DESC, post.id
