// title: {en: Values on which sources differ, fa: مقادیری که منابع در آن‌ها اختلاف دارند}
// about:
//   en: Where a source gives another value for a fact than the one that is shown, both values side by side; on request only about one entity, and the acts on it if it is an agreement.
//   fa: جایی که منبعی مقداری جز آنچه نشان داده می‌شود می‌دهد، هر دو مقدار کنار هم؛ در صورت درخواست تنها دربارهٔ یک موجودیت، و اگر سند است اقدام‌های مربوط به آن.
// params:
//   entity: {type: entity, required: no, label: {en: Only about, fa: تنها دربارهٔ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [evidence, data quality]
// columns:
//   entity: {en: About, fa: دربارهٔ}
//   property: {en: Fact, fa: داده}
//   shown: {en: Shown, fa: نشان‌داده‌شده}
//   other: {en: Other value, fa: مقدار دیگر}
//   source: {en: Source of the other, fa: منبع مقدار دیگر}
// example: {entity: "place:sanaa"}
MATCH (entity:Entity)-[claim:EVIDENCED_BY]->(source:Source)
UNWIND claim.properties AS property
WITH entity, claim, source, property
WHERE claim[property] IS NOT NULL
  AND ($entity IS NULL
    OR entity.id = $entity
    OR EXISTS { (entity)-[:ACTS_ON]->(:Entity:Agreement {id: $entity}) })
  AND NOT claim[property] IS :: LIST<ANY>
RETURN entity, property, entity[property] AS shown, claim[property] AS other, source, claim.source_line AS source_line,
  claim.reported_on AS reported_on
ORDER BY entity.id, property, source.id
