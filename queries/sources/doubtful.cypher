// title: {en: Doubtful claims, fa: ادعاهای نامطمئن}
// about:
//   en: Claims that are ambiguous, or inferred rather than stated, with the words behind them and the reason for the doubt.
//   fa: ادعاهای مبهم، یا استنباط‌شده و نه تصریح‌شده، با عین عبارت و دلیل تردید.
// params:
//   certainty: {type: choice, default: ambiguous, values: [{value: ambiguous, en: Ambiguous, fa: مبهم}, {value: inferred, en: Inferred, fa: استنباطی}]}
//   source: {type: entity, of: [Source], required: no, label: {en: Source, fa: منبع}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [evidence, data quality]
// columns:
//   subject: {en: Who or what, fa: چه کسی یا چه چیزی}
//   tie: {en: Tie, fa: پیوند}
//   object: {en: To, fa: به}
// example: {certainty: ambiguous}
CALL () {
  MATCH (subject:Entity)-[claim:EVIDENCED_BY {certainty: $certainty}]->(source:Source)
  RETURN subject, claim, NULL AS tie, NULL AS object, source.id AS source_id
  UNION ALL
  MATCH (subject:Entity)-[claim:!EVIDENCED_BY&!SET_ASIDE&!HAD_STATUS {certainty: $certainty}]->(object:Entity)
  RETURN subject, claim, claim AS tie, object, claim.source AS source_id
}
WITH subject, claim, tie, object, source_id
WHERE $source IS NULL
  OR source_id = $source
OPTIONAL MATCH (source:Entity {id: source_id})
RETURN subject, tie, object, claim.quote AS quote, claim.note AS note, source, claim.source_line AS source_line
ORDER BY source.id, source_line, subject.id
