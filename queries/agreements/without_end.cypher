// title: {en: Signed agreements without term or end, fa: اسناد امضاشدهٔ بی‌مدت و بی‌پایان}
// about:
//   en: Signed or in force, but no source says how long they last. Groups are left out.
//   fa: امضاشده یا معتبر، اما هیچ منبعی مدت آن‌ها را نمی‌گوید. گروه‌ها کنار گذاشته می‌شوند.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [follow-up, data quality]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
//   signatories: {en: Signatories, fa: امضاکنندگان}
MATCH (agreement:Agreement)
WHERE agreement.status IN ['signed', 'in_force']
  AND agreement.ends_on_written IS NULL
  AND agreement.term IS NULL
  AND NOT coalesce(agreement.is_group, FALSE)
RETURN agreement, agreement.status AS status, agreement.signed_on_written AS signed_on,
  COLLECT {
    MATCH (p:Entity)-[party_to:PARTY_TO {role: 'party'} WHERE coalesce(party_to.rank, '') <> 'deprecated']->(agreement)
    RETURN DISTINCT p ORDER BY p.id
  } AS parties,
  COLLECT {
    MATCH (p:Entity)-[signed_2:SIGNED WHERE coalesce(signed_2.rank, '') <> 'deprecated']->(agreement)
    RETURN DISTINCT p ORDER BY p.id
  } AS signatories
ORDER BY agreement.name_en, agreement.id
