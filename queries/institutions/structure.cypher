// title: {en: Parents and parts of an institution, fa: نهادهای بالادست و اجزای یک نهاد}
// about:
//   en: What an institution is part of, up to the top, and its bodies and branches three levels down. Level 0 is the institution itself.
//   fa: یک نهاد بخشی از کجاست تا بالاترین سطح، و ارکان و شعبه‌هایش تا سه سطح پایین‌تر. سطح صفر خود نهاد است.
// params:
//   institution: {type: entity, of: [Institution], label: {en: Institution or body, fa: نهاد یا رکن}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [bodies]
// columns:
//   level: {en: Level, fa: سطح}
//   part: {en: Institution, fa: نهاد}
//   whole: {en: Part of, fa: بخشی از}
//   places: {en: Where, fa: کجا}
//   agreements: {en: Agreements, fa: اسناد همکاری}
// example: {institution: "institution:mashhad-specialised-committee"}
MATCH (asked:Entity {id: $institution})
CALL (asked) {
  MATCH chain = (asked)-[:PART_OF*0..8]->(part:Institution)
  RETURN -length(chain) AS level, part, NULL AS whole
  UNION
  MATCH chain = (part:Institution)-[:PART_OF*1..3]->(asked)
  RETURN length(chain) AS level, part, nodes(chain)[1] AS whole
}
WITH part, min(level) AS level, head(collect(whole)) AS whole
RETURN level, part, part.kind AS kind,
  coalesce(whole, head(COLLECT { MATCH (part)-[:PART_OF]->(x:Institution) RETURN x ORDER BY x.id })) AS whole,
  COLLECT { MATCH (part)-[:BASED_IN|SERVES]->(x:Place) RETURN DISTINCT x ORDER BY x.id } AS places,
  COUNT { MATCH (part)-[:PARTY_TO]->(x:Agreement) RETURN DISTINCT x } AS agreements
ORDER BY level, part.name_en, part.id
