// title: {en: Commitments of an institution or a place, fa: تعهدهای یک نهاد یا مکان}
// about:
//   en: What it is to do, from which agreement or event that follows, and who says so.
//   fa: چه باید بکند، این کار از کدام سند یا رویداد برمی‌آید، و چه کسی آن را گفته است.
// params:
//   of: {type: entity, of: [Institution, Place], label: {en: Institution or place, fa: نهاد یا مکان}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [commitments]
// columns:
//   commitment: {en: What, fa: چه کاری}
//   origins: {en: From, fa: برخاسته از}
//   sources: {en: Sources, fa: منابع}
// example: {of: "institution:iran-consulate-basra"}
MATCH (:Entity {id: $of})<-[tie:OWED_BY]-(commitment:Commitment)
WITH commitment, collect(DISTINCT tie.source) AS said, collect(DISTINCT tie.certainty) AS certainty, min(tie.source_line) AS source_line
RETURN commitment, commitment.kind AS kind, commitment.field AS field, commitment.status AS status,
  COLLECT { MATCH (commitment)-[:ARISES_FROM]->(x:Entity) RETURN DISTINCT x ORDER BY x.id } AS origins, certainty,
  COLLECT { MATCH (x:Entity:Source) WHERE x.id IN said RETURN x ORDER BY x.id } AS sources, source_line
ORDER BY commitment.kind, source_line, commitment.id
