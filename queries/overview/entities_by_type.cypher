// title: {en: Entities of one type, fa: موجودیت‌های یک نوع}
// about:
//   en: All entities of a type, the best connected first.
//   fa: همهٔ موجودیت‌های یک نوع، پرپیوندترین‌ها در آغاز.
// params:
//   type: {type: choice, label: {en: Type, fa: نوع}, values: "MATCH (e:Entity) UNWIND labels(e) AS value WITH DISTINCT value WHERE value <> 'Entity' RETURN value ORDER BY value"}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [browse]
// columns:
//   entity: {en: Name, fa: نام}
//   ties: {en: Ties, fa: پیوندها}
// example: {type: Person}
MATCH (entity:Entity)
WHERE $type IN labels(entity)
RETURN entity, entity.kind AS kind, entity.status AS status, COUNT { (entity)--() } AS ties
ORDER BY ties DESC, entity.name_en, entity.id
