// title: {en: Before signing with an institution, fa: پیش از امضا با یک نهاد}
// about:
//   en: What the institution, what it is part of and its branches have signed or plan already, and on which topics.
//   fa: خود نهاد، نهاد بالادست و شعبه‌هایش پیش از این چه اسنادی دارند یا در برنامه دارند، و با چه موضوع‌هایی.
// params:
//   institution: {type: entity, of: [Institution], label: {en: Institution, fa: نهاد}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   whose: {en: Whose, fa: از آنِ}
//   relation: {en: Which is, fa: که عبارت است از}
//   agreement: {en: Agreement, fa: سند}
//   topics: {en: Topics, fa: موضوع‌ها}
// example: {institution: "institution:mosque-centres-hq", as_of: "2025-12-05"}
MATCH (asked:Entity {id: $institution})
CALL (asked) {
  RETURN asked AS whose, 'itself' AS relation
  UNION
  MATCH (asked)-[:PART_OF]->+(whose:Institution) RETURN whose, 'part_of' AS relation
  UNION
  MATCH (whose:Institution)-[:PART_OF]->+(asked) RETURN whose, 'branch' AS relation
}
MATCH (whose)-[tie:PARTY_TO]->(agreement:Agreement)
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN whose, relation, agreement, collect(DISTINCT tie.role) AS role, coalesce(h.status, 'none') AS status,
  COLLECT { MATCH (agreement)-[:ABOUT]->(t:Topic) RETURN DISTINCT t ORDER BY t.id } AS topics
ORDER BY relation DESC, whose.id, agreement.id
