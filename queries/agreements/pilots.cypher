// title: {en: "Pilots, and where they could be repeated", fa: نمونه‌های آزمایشی و جاهای تکرارپذیر}
// about:
//   en: Agreements called pilots, what their parties are part of, and the branches of these elsewhere. Empty means that none is recorded.
//   fa: اسنادی که آزمایشی نامیده شده‌اند، نهاد بالادست هر طرف، و شعبه‌های دیگر آن. خالی یعنی ثبت نشده است.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   party: {en: Party, fa: طرف}
//   parent: {en: Part of, fa: بخشی از}
//   branches: {en: Other branches, fa: شعبه‌های دیگر}
//   places: {en: Serving, fa: حوزهٔ فعالیت}
MATCH (party:Institution)-[:PARTY_TO {role: 'party'}]->(agreement:Agreement {pilot: TRUE})
OPTIONAL MATCH (party)-[:PART_OF]->(parent:Institution)
WITH DISTINCT agreement, party, parent
RETURN agreement, party, parent,
  COLLECT { MATCH (b:Institution)-[:PART_OF]->(parent) WHERE b <> party RETURN DISTINCT b ORDER BY b.id } AS branches,
  COLLECT { MATCH (party)-[:SERVES|BASED_IN]->(p:Place) RETURN DISTINCT p ORDER BY p.id } AS places
ORDER BY agreement.id, party.id
