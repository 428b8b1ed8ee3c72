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
WHERE NOT EXISTS { (post)<-[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']-(:Appointment) }
  AND ($agreement IS NULL
    OR EXISTS { (post)
      -[took_part_in:TOOK_PART_IN {role: 'addressee'} WHERE coalesce(took_part_in.rank, '') <> 'deprecated']->(:Event)
      -[acts_on:ACTS_ON|ABOUT WHERE coalesce(acts_on.rank, '') <> 'deprecated']->(:Entity {id: $agreement}) })
RETURN post, post.kind AS kind,
  COLLECT {
    MATCH (post)-[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS hosts,
  COLLECT {
    MATCH (post)-[post_for:POST_FOR WHERE coalesce(post_for.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS places,
  COLLECT {
    MATCH (post)-[on_behalf_of_2:ON_BEHALF_OF WHERE coalesce(on_behalf_of_2.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS on_behalf_of,
  coalesce(post.is_group, FALSE) AS group
ORDER BY post.name_en, post.id
