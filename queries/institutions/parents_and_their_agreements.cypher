// title: {en: "Parents of the parties, and their agreements", fa: نهادهای بالادست طرف‌ها و اسنادشان}
// about:
//   en: What each party of an agreement is part of, and the other agreements of that parent and of its branches.
//   fa: هر طرف یک سند بخشی از چیست، و آن نهاد بالادست و شعبه‌هایش چه اسناد دیگری دارند.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [network]
// columns:
//   party: {en: Party, fa: طرف}
//   parent: {en: Part of, fa: بخشی از}
//   agreements: {en: Other agreements, fa: اسناد دیگر}
// example: {agreement: "agreement:mou-ilam-blood-mosques"}
MATCH (party:Institution)-[:PARTY_TO]->(g:Entity:Agreement {id: $agreement})
MATCH (party)-[:PART_OF]->+(parent:Institution)
WITH DISTINCT g, party, parent
RETURN party, parent, COLLECT {
  MATCH (whose:Institution)-[:PART_OF]->{0,3}(parent)
  MATCH (whose)-[:PARTY_TO]->(other:Agreement)
  WHERE other <> g
  RETURN DISTINCT other ORDER BY other.id
} AS agreements
ORDER BY party.id, parent.id
