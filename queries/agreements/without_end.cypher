// title: {en: Signed agreements without term or end, fa: اسناد امضاشدهٔ بی‌مدت و بی‌پایان}
// about:
//   en: All required parties have signed, but no source says how long they last. Groups are left out.
//   fa: همهٔ طرف‌های لازم امضا کرده‌اند، اما هیچ منبعی مدت آن‌ها را نمی‌گوید. گروه‌ها کنار گذاشته می‌شوند.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up, data quality]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
//   signatories: {en: Signatories, fa: امضاکنندگان}
// example: {as_of: "2025-12-05"}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND 'validity_unknown' IN h.flags
  AND NOT coalesce(agreement.is_group, FALSE)
RETURN agreement, h.status AS status, coalesce(h.flags, []) AS flags, agreement.signed_on_written AS signed_on,
  COLLECT { MATCH (p:Entity)-[:PARTY_TO {role: 'party'}]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS parties,
  COLLECT { MATCH (p:Entity)-[:SIGNED]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS signatories
ORDER BY agreement.name_en, agreement.id
