// title: {en: Who was written to about a plan, fa: به چه کسانی دربارهٔ یک طرح نامه نوشته شد}
// about:
//   en: Every addressee of the correspondence about an agreement or plan, with the place it stands for, its holder, the date and the answer.
//   fa: همهٔ مخاطبان مکاتبات دربارهٔ یک سند یا طرح، با جایی که نمایندهٔ آن‌اند، متصدی، تاریخ و پاسخ.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// tags: [correspondence, follow-up]
// columns:
//   addressee: {en: Addressee, fa: مخاطب}
//   hosts: {en: At, fa: در}
//   places: {en: For, fa: برای}
//   on_behalf_of: {en: On behalf of, fa: به نمایندگی از}
//   holders: {en: Holder, fa: متصدی}
//   letter: {en: Correspondence, fa: مکاتبه}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (:Entity {id: $agreement})
  <-[acts_on:ACTS_ON|ABOUT WHERE coalesce(acts_on.rank, '') <> 'deprecated']-(letter:Event)
MATCH (letter)<-[part:TOOK_PART_IN {role: 'addressee'} WHERE coalesce(part.rank, '') <> 'deprecated']-(addressee:Entity)
WITH letter, addressee, part
ORDER BY coalesce(part.rank, '') <> 'preferred'
WITH letter, addressee, head(collect(part.answer)) AS answer, min(part.source_line) AS source_line
RETURN addressee, addressee.kind AS kind,
  COLLECT {
    MATCH (addressee)-[post_at:POST_AT WHERE coalesce(post_at.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS hosts,
  COLLECT {
    MATCH (addressee)-[post_for:POST_FOR|SERVES WHERE coalesce(post_for.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS places,
  COLLECT {
    MATCH (addressee)-[on_behalf_of_2:ON_BEHALF_OF WHERE coalesce(on_behalf_of_2.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS on_behalf_of,
  COLLECT {
    MATCH (addressee)
      <-[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']-(:Appointment)
      -[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']->(x:Entity)
    RETURN DISTINCT x
  } AS holders,
  letter, letter.date_written AS date, answer, source_line
ORDER BY source_line, addressee.id
