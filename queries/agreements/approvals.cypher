// title: {en: Approvals that a plan needs, fa: مجوزهایی که یک طرح می‌خواهد}
// about:
//   en: Whom a plan asks for approval or who is competent for it, and what is recorded of their answer. Empty means that none is recorded, not that there was none.
//   fa: طرح از چه کسانی مجوز می‌خواهد یا چه کسی صلاحیت آن را دارد، و از پاسخ آنان چه ثبت شده است. خالی یعنی ثبت نشده است، نه آنکه نبوده است.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [correspondence, status]
// columns:
//   authority: {en: Authority, fa: مرجع}
//   asked_in: {en: Asked in, fa: درخواست در}
//   granted_in: {en: Granted in, fa: اعطا در}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (g:Entity:Agreement {id: $agreement})
CALL (g) {
  MATCH (authority:Entity)-[:PARTY_TO {role: 'competent_authority'}]->(g)
  RETURN authority, 'competent_authority' AS role, NULL AS answer, NULL AS asked_in
  UNION
  MATCH (authority:Entity)-[part:TOOK_PART_IN {role: 'addressee'}]->(asked_in:Event)-[:ACTS_ON]->(g)
  RETURN authority, part.role AS role, part.answer AS answer, asked_in
}
RETURN authority, role, asked_in, answer, COLLECT {
  MATCH (event:Event)-[:ACTS_ON {action: 'approved'}]->(g)
  WHERE EXISTS { (authority)-[:TOOK_PART_IN]->(event) }
  RETURN event ORDER BY event.id
} AS granted_in
ORDER BY role DESC, authority.id
