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
MATCH (:Entity {id: $agreement})<-[:ACTS_ON|ABOUT]-(letter:Event)
MATCH (letter)<-[part:TOOK_PART_IN {role: 'addressee'}]-(addressee:Entity)
WITH letter, addressee, head(collect(part.answer)) AS answer, min(part.source_line) AS source_line
RETURN addressee, addressee.kind AS kind,
  COLLECT { MATCH (addressee)-[:POST_AT]->(x:Entity) RETURN DISTINCT x } AS hosts,
  COLLECT { MATCH (addressee)-[:POST_FOR|SERVES]->(x:Entity) RETURN DISTINCT x } AS places,
  COLLECT { MATCH (addressee)-[:ON_BEHALF_OF]->(x:Entity) RETURN DISTINCT x } AS on_behalf_of,
  COLLECT { MATCH (addressee)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(x:Entity) RETURN DISTINCT x } AS holders,
  letter, letter.date_written AS date, answer, source_line
ORDER BY source_line, addressee.id
