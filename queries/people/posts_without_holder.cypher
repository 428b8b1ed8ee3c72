// title: {en: Posts without a known holder, fa: سمت‌هایی که متصدی‌شان معلوم نیست}
// about:
//   en: Posts that sources name without saying who holds them; on request only those that were written to about one agreement or plan.
//   fa: سمت‌هایی که منابع نام برده‌اند بی‌آنکه متصدی‌شان را بگویند؛ در صورت تمایل فقط مخاطبان مکاتبات یک سند یا طرح.
// params:
//   agreement: {type: entity, of: [Agreement], required: no, label: {en: Written to about, fa: مخاطب مکاتبات دربارهٔ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts, data quality]
// columns:
//   post: {en: Post, fa: سمت}
//   hosts: {en: At, fa: در}
//   places: {en: For, fa: برای}
//   on_behalf_of: {en: On behalf of, fa: به نمایندگی از}
//   group: {en: Stands for several, fa: نمایندهٔ چند تن}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (post:Post)
WHERE NOT EXISTS { (post)<-[:TO_POST]-(:Appointment) }
  AND ($agreement IS NULL
    OR EXISTS { (post)-[:TOOK_PART_IN {role: 'addressee'}]->(:Event)-[:ACTS_ON|ABOUT]->(:Entity {id: $agreement}) })
RETURN post, post.kind AS kind,
  COLLECT { MATCH (post)-[:POST_AT]->(x:Entity) RETURN DISTINCT x } AS hosts,
  COLLECT { MATCH (post)-[:POST_FOR]->(x:Entity) RETURN DISTINCT x } AS places,
  COLLECT { MATCH (post)-[:ON_BEHALF_OF]->(x:Entity) RETURN DISTINCT x } AS on_behalf_of,
  coalesce(post.is_group, FALSE) AS group
ORDER BY post.name_en, post.id
