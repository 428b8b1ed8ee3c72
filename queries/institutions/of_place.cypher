// title: {en: Institutions of a place, fa: نهادهای یک مکان}
// about:
//   en: Institutions and bodies that are based in a place or serve it, with what they are part of and how many agreements they have.
//   fa: نهادها و ارکانی که در یک مکان مستقرند یا در حوزهٔ آن فعال‌اند، با نهاد بالادست و شمار اسنادشان.
// params:
//   place: {type: entity, of: [Place], label: {en: Place, fa: مکان}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [bodies]
// columns:
//   institution: {en: Institution, fa: نهاد}
//   hosts: {en: Part of, fa: بخشی از}
//   agreements: {en: Agreements, fa: اسناد همکاری}
//   events: {en: Events, fa: رویدادها}
// example: {place: "place:mashhad"}
MATCH (place:Entity {id: $place})
MATCH (institution:Institution)
WHERE (place:Country AND institution.iso_country = place.iso_country)
  OR EXISTS { (institution)-[:BASED_IN|SERVES]->(place) }
RETURN institution, institution.kind AS kind,
  COLLECT { MATCH (institution)-[:PART_OF]->(x:Institution) RETURN DISTINCT x ORDER BY x.id } AS hosts,
  COUNT { MATCH (institution)-[:PARTY_TO]->(x:Agreement) RETURN DISTINCT x } AS agreements,
  COUNT { MATCH (institution)-[:TOOK_PART_IN]->(x:Event) RETURN DISTINCT x } AS events
ORDER BY agreements DESC, events DESC, institution.id
