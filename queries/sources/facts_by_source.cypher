// title: {en: Facts by source, fa: داده‌ها به تفکیک منبع}
// about:
//   en: How many entities and ties each source states, and how many state no source.
//   fa: هر منبع چند موجودیت و چند پیوند را بیان می‌کند، و چند مورد منبعی ندارند.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [evidence]
// columns:
//   source: {en: Source, fa: منبع}
//   issued: {en: Published on, fa: تاریخ انتشار}
//   entities: {en: Entities, fa: موجودیت‌ها}
//   ties: {en: Ties, fa: پیوندها}
CALL () {
  MATCH (e:Entity)
  OPTIONAL MATCH (e)-[claim:EVIDENCED_BY]->(s:Source)
  WHERE claim.evidence_kind IS NULL
  RETURN s.id AS id, count(DISTINCT e) AS entities, 0 AS ties
  UNION ALL
  MATCH (:Entity)-[r:!EVIDENCED_BY&!SET_ASIDE&!HAD_STATUS&!TWINNED_WITH]->(:Entity)
  RETURN r.source AS id, 0 AS entities, count(r) AS ties
}
WITH id, sum(entities) AS entities, sum(ties) AS ties
OPTIONAL MATCH (source:Entity {id: id})
RETURN source, source.issued_written AS issued, entities, ties
ORDER BY entities + ties DESC, source.id
