// title: {en: Agreements of a place, fa: اسناد یک مکان}
// about:
//   en: Agreements and plans to which the place or an institution there is a party, or that apply there. Sister-city links are a question of their own.
//   fa: اسناد و طرح‌هایی که مکان یا نهادی در آن طرف آن‌هاست، یا در آنجا اجرا می‌شوند. خواهرخواندگی‌ها پرسش جداگانه‌ای دارند.
// params:
//   place: {type: entity, of: [Place], label: {en: Place, fa: مکان}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   whose: {en: By, fa: از سوی}
//   others: {en: With, fa: با}
// example: {place: "place:mashhad", as_of: "2025-12-05"}
MATCH (place:Entity {id: $place})
CALL (place) {
  MATCH (place)-[tie:PARTY_TO]->(agreement:Agreement)
  RETURN agreement, place AS whose, tie.role AS role
  UNION
  MATCH (place)<-[:BASED_IN|SERVES]-(whose:Institution)-[tie:PARTY_TO]->(agreement:Agreement)
  RETURN agreement, whose, tie.role AS role
  UNION
  MATCH (place)<-[:APPLIES_IN]-(agreement:Agreement)
  RETURN agreement, place AS whose, 'territory' AS role
}
WITH agreement, collect(DISTINCT whose) AS whose, collect(DISTINCT role) AS role
WHERE coalesce(agreement.kind, '') <> 'sister_city'
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, agreement.kind AS kind, coalesce(h.status, 'none') AS status, agreement.signed_on_written AS signed_on, role, whose,
  COLLECT { MATCH (x:Entity)-[:PARTY_TO]->(agreement) WHERE NOT x IN whose RETURN DISTINCT x ORDER BY x.id } AS others
ORDER BY coalesce(agreement.signed_on_latest, agreement.drafted_on_latest) DESC, agreement.id
