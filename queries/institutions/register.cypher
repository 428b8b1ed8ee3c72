// title: {en: Register of institutions of a kind, fa: فهرست نهادهای یک نوع}
// about:
//   en: Institutions of one kind with what they are part of, where they are at work, and their agreements.
//   fa: نهادهای یک نوع، با نهاد بالادست، حوزهٔ فعالیت و اسنادشان.
// params:
//   kind: {type: choice, values: "MATCH (i:Institution) RETURN DISTINCT i.kind AS value ORDER BY value", default: ngo, label: {en: Kind, fa: نوع}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [browse]
// columns:
//   institution: {en: Institution, fa: نهاد}
//   hosts: {en: Part of, fa: بخشی از}
//   places: {en: At work in, fa: حوزهٔ فعالیت}
//   agreements: {en: Agreements, fa: اسناد}
// example: {kind: "ngo"}
MATCH (institution:Institution)
WHERE institution.kind STARTS WITH $kind
RETURN institution, institution.kind AS kind, coalesce(institution.is_group, FALSE) AS is_group,
  COLLECT { MATCH (institution)-[:PART_OF]->(h:Institution) RETURN DISTINCT h ORDER BY h.id } AS hosts,
  COLLECT { MATCH (institution)-[:SERVES|BASED_IN]->(p:Place) RETURN DISTINCT p ORDER BY p.id } AS places,
  COLLECT { MATCH (institution)-[:PARTY_TO]->(a:Agreement) RETURN DISTINCT a ORDER BY a.id } AS agreements
ORDER BY institution.id
