// title: {en: Entities of one type, fa: موجودیت‌های یک نوع}
// about:
//   en: All entities of a type, the best connected first.
//   fa: همهٔ موجودیت‌های یک نوع، پرپیوندترین‌ها در آغاز.
// params:
//   type: {type: choice, label: {en: Type, fa: نوع}, values: "MATCH (e:Entity) UNWIND labels(e) AS value WITH DISTINCT value WHERE value <> 'Entity' RETURN value ORDER BY value"}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [browse]
// columns:
//   entity: {en: Name, fa: نام}
//   ties: {en: Ties, fa: پیوندها}
// example: {type: Person}
MATCH (entity:Entity)
WHERE $type IN labels(entity)
OPTIONAL MATCH (entity)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN entity, entity.kind AS kind, CASE WHEN entity:Agreement THEN h.status ELSE entity.status END AS status,
  COUNT { (entity)--() } - COUNT { (entity)-[:HAD_STATUS|SET_ASIDE]-() } AS ties
ORDER BY ties DESC, entity.name_en, entity.id
