// title: {en: Agreements on the same topics on both sides, fa: اسناد هم‌موضوع دو طرف}
// about:
//   en: What the other side, its parents and its branches have signed or plan on topics that our side has agreements about, or on one topic of a new one. What stands here may already be agreed.
//   fa: اسناد و طرح‌های طرف مقابل و نهادهای بالادست و شعبه‌هایش دربارهٔ موضوع‌هایی که طرف ما هم دربارهٔ آن‌ها سند دارد، یا دربارهٔ موضوع سندی تازه. آنچه اینجا هست شاید از پیش توافق شده باشد.
// params:
//   ours: {type: entity, of: [Institution, Place], label: {en: Our side, fa: طرف ما}}
//   theirs: {type: entity, of: [Institution, Place], label: {en: The other side, fa: طرف مقابل}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
//   topic: {type: entity, of: [Topic], required: no, label: {en: Topic of the new one, fa: موضوع سند تازه}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, before signing]
// columns:
//   agreement: {en: Agreement or plan, fa: سند یا طرح}
//   theirs: {en: On the other side, fa: از طرف مقابل}
//   topics: {en: Shared topics, fa: موضوع‌های مشترک}
//   ours: {en: Ours on these topics, fa: اسناد ما در این موضوع‌ها}
// example: {ours: "place:mashhad", theirs: "institution:mosque-centres-hq", topic: "topic:blood-donation-culture", as_of: "2025-12-05"}
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
UNWIND them AS b
MATCH (b)-[:PARTY_TO]->(agreement:Agreement)-[:ABOUT]->(topic:Topic)
WITH us, agreement, topic, collect(DISTINCT b) AS theirs
WITH agreement, topic, theirs,
  COLLECT {
    MATCH (topic)<-[:ABOUT]-(mine:Agreement)<-[:PARTY_TO]-(a:Entity)
    WHERE a IN us AND mine <> agreement
    RETURN DISTINCT mine ORDER BY mine.id
  } AS mine
WHERE topic.id = $topic OR size(mine) > 0
UNWIND CASE WHEN size(mine) > 0 THEN mine ELSE [null] END AS one
WITH agreement, collect(DISTINCT topic) AS topics, head(collect(theirs)) AS theirs, collect(DISTINCT one) AS ours
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, agreement.kind AS kind, coalesce(h.status, 'none') AS status, theirs, topics, ours
ORDER BY size(topics) DESC, agreement.id
