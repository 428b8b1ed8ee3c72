// title: {en: Agreements of two sides with each other, fa: اسناد دو طرف با یکدیگر}
// about:
//   en: What two sides have or plan together already. A side is an institution or a place with what it is part of, its branches, and the institutions that are based there.
//   fa: آنچه دو طرف هم‌اکنون با هم دارند یا در برنامه دارند. هر طرف یعنی نهاد یا مکان، همراه با نهاد بالادست و شعبه‌ها و نهادهای مستقر در آن.
// params:
//   ours: {type: entity, of: [Institution, Place], label: {en: Our side, fa: طرف ما}}
//   theirs: {type: entity, of: [Institution, Place], label: {en: The other side, fa: طرف مقابل}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, before signing]
// columns:
//   agreement: {en: Agreement or plan, fa: سند یا طرح}
//   ours: {en: On our side, fa: از طرف ما}
//   theirs: {en: On the other side, fa: از طرف مقابل}
//   topics: {en: Topics, fa: موضوع‌ها}
// example: {ours: "place:mashhad", theirs: "place:sanaa", as_of: "2025-12-05"}
MATCH (ours:Entity {id: $ours})
MATCH (theirs:Entity {id: $theirs})
CALL (ours) {
  RETURN ours AS one
  UNION
  MATCH (ours)-[:PART_OF]->+(one:Institution) RETURN one
  UNION
  MATCH (one:Institution)-[:PART_OF]->+(ours) RETURN one
  UNION
  MATCH (one:Institution)-[:BASED_IN|SERVES]->(ours:Place) RETURN one
}
WITH theirs, collect(one) AS us
CALL (theirs) {
  RETURN theirs AS one
  UNION
  MATCH (theirs)-[:PART_OF]->+(one:Institution) RETURN one
  UNION
  MATCH (one:Institution)-[:PART_OF]->+(theirs) RETURN one
  UNION
  MATCH (one:Institution)-[:BASED_IN|SERVES]->(theirs:Place) RETURN one
}
WITH us, [x IN collect(one) WHERE NOT x IN us] AS them
UNWIND us AS a
MATCH (a)-[:PARTY_TO]->(agreement:Agreement)<-[:PARTY_TO]-(b:Entity)
WHERE b IN them
WITH agreement, collect(DISTINCT a) AS ours, collect(DISTINCT b) AS theirs
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, agreement.kind AS kind, coalesce(h.status, 'none') AS status, agreement.signed_on_written AS signed_on,
  h.next_end AS next_end, ours, theirs,
  COLLECT { MATCH (agreement)-[:ABOUT]->(t:Topic) RETURN DISTINCT t ORDER BY t.id } AS topics
ORDER BY coalesce(agreement.signed_on_latest, agreement.drafted_on_latest) DESC, agreement.id
