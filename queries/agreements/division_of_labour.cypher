// title: {en: Division of labour in an agreement, fa: تقسیم کار در یک سند}
// about:
//   en: Who is to do what under an agreement, by field; duties, decisions, proposals and hopes are told apart.
//   fa: چه کسی در چارچوب سند چه باید بکند، به تفکیک حوزه؛ تعهد و تصمیم از پیشنهاد و امید جدا می‌شود.
// params:
//   agreement: {type: entity, of: [Agreement]}
//   kind:
//     type: choice
//     required: no
//     depends_on: [agreement]
//     values: "MATCH (:Entity {id: $agreement})<-[:ARISES_FROM]-(c:Commitment) RETURN DISTINCT c.kind AS value ORDER BY value"
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [commitments]
// columns:
//   commitment: {en: What, fa: چه کاری}
//   actors: {en: Who, fa: بر عهدهٔ}
// example: {agreement: "agreement:mou-quranic-khuzestan-arvand-basra"}
MATCH (:Entity {id: $agreement})
  <-[from:ARISES_FROM WHERE coalesce(from.rank, '') <> 'deprecated']-(commitment:Commitment)
WHERE $kind IS NULL
  OR commitment.kind = $kind
WITH commitment, from
ORDER BY coalesce(from.rank, '') <> 'preferred'
WITH commitment, min(from.source_line) AS source_line, head(collect(from.quote)) AS quote
WITH commitment, source_line, quote,
  COLLECT {
    MATCH (commitment)-[owed_by:OWED_BY WHERE coalesce(owed_by.rank, '') <> 'deprecated']->(actor:Entity)
    RETURN DISTINCT actor ORDER BY actor.id
  } AS actors
RETURN commitment.field AS field, actors, commitment, commitment.kind AS kind, commitment.status AS status,
  source_line, quote
ORDER BY kind, field, source_line, commitment.id
