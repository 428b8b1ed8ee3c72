// title: {en: Values on which sources differ, fa: مقادیری که منابع در آن‌ها اختلاف دارند}
// about:
//   en: Where a source gives another value for a fact than the one that is shown, both values side by side.
//   fa: جایی که منبعی مقداری جز آنچه نشان داده می‌شود می‌دهد، هر دو مقدار کنار هم.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [evidence, data quality]
// columns:
//   entity: {en: About, fa: دربارهٔ}
//   property: {en: Fact, fa: داده}
//   shown: {en: Shown, fa: نشان‌داده‌شده}
//   other: {en: Other value, fa: مقدار دیگر}
//   source: {en: Source of the other, fa: منبع مقدار دیگر}
MATCH (entity:Entity)-[claim:EVIDENCED_BY WHERE coalesce(claim.rank, '') <> 'deprecated']->(source:Source)
UNWIND claim.properties AS property
WITH entity, claim, source, property
WHERE claim[property] IS NOT NULL
  AND NOT claim[property] IS :: LIST<ANY>
RETURN entity, property, entity[property] AS shown, claim[property] AS other, source, claim.source_line AS source_line,
  claim.reported_on AS reported_on
ORDER BY entity.id, property, source.id
