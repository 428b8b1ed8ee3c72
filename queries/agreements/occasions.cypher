// title: {en: Occasions that agreements promise to keep, fa: مناسبت‌هایی که اسناد وعده داده‌اند}
// about:
//   en: Agreements that promise joint work on occasions, with the occasions.
//   fa: اسنادی که کار مشترک در مناسبت‌ها را وعده داده‌اند، با آن مناسبت‌ها.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up]
// columns:
//   occasion: {en: Occasion, fa: مناسبت}
//   agreement: {en: Agreement, fa: سند}
MATCH (agreement:Agreement)-[about:ABOUT {as: 'occasion'}]->(occasion:Topic)
RETURN DISTINCT occasion, agreement
ORDER BY agreement.id, occasion.id
