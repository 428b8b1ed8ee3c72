// title: {en: Readiness and intentions without a sequel, fa: آمادگی‌ها و قصدهای بی‌پی‌گیری}
// about:
//   en: What somebody was ready for or intended, and no later event or agreement follows it up. Where none is recorded there may still be one.
//   fa: آنچه کسی برایش اعلام آمادگی کرده یا قصدش را داشته است و رویداد یا سندی در پی آن نیامده است. ثبت نشدن، به معنای نبودن نیست.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [commitments, follow-up]
// columns:
//   intention: {en: Readiness or intention, fa: آمادگی یا قصد}
//   of: {en: Of, fa: از}
//   arose_in: {en: Voiced in, fa: ابراز در}
MATCH (intention:Commitment)
WHERE intention.kind IN ['readiness', 'intention'] AND NOT EXISTS { (:Event|Agreement)-[:ACTS_ON|ABOUT]->(intention) }
RETURN intention, intention.kind AS kind, intention.status AS status,
  COLLECT { MATCH (intention)-[:OWED_BY]->(o:Entity) RETURN DISTINCT o ORDER BY o.id } AS of,
  COLLECT { MATCH (intention)-[:ARISES_FROM]->(e:Entity) RETURN DISTINCT e ORDER BY e.id } AS arose_in
ORDER BY kind DESC, intention.id
