// title: {en: Agreements that a person signed, fa: اسنادی که یک شخص امضا کرده است}
// about:
//   en: The agreements that a person signed, for whom, and with whom else.
//   fa: اسنادی که یک شخص امضا کرده است، از طرف چه کسی و همراه با چه کسانی.
// params:
//   person: {type: entity, of: [Person], label: {en: Person, fa: شخص}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   for_whom: {en: For, fa: از طرف}
//   others: {en: Other signatories, fa: دیگر امضاکنندگان}
//   parties: {en: Parties, fa: طرف‌ها}
// example: {person: "person:mehdi-akbari-dehbalaei", as_of: "2025-12-05"}
MATCH (person:Entity {id: $person})-[tie:SIGNED]->(agreement:Agreement)
WITH person, agreement, collect(DISTINCT tie.for) AS for
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, coalesce(h.status, 'none') AS status, agreement.signed_on_written AS signed_on,
  COLLECT { MATCH (x:Entity)-[:PARTY_TO]->(agreement) WHERE split(x.id, ':')[1] IN for RETURN DISTINCT x ORDER BY x.id } AS for_whom,
  COLLECT { MATCH (x:Person)-[:SIGNED]->(agreement) WHERE x <> person RETURN DISTINCT x ORDER BY x.id } AS others,
  COLLECT { MATCH (x:Entity)-[:PARTY_TO]->(agreement) RETURN DISTINCT x ORDER BY x.id } AS parties
ORDER BY agreement.signed_on_latest DESC, agreement.id
