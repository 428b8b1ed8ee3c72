// title: {en: Agreements by status, fa: اسناد همکاری به تفکیک وضعیت}
// about:
//   en: Agreements in one status or in all, with their parties.
//   fa: اسناد همکاری در یک وضعیت یا همهٔ وضعیت‌ها، با طرف‌های آن‌ها.
// params:
//   status:
//     type: choice
//     required: no
//     values: |
//       MATCH (a:Agreement)
//       WITH DISTINCT a.status AS status
//       RETURN coalesce(status, 'none') AS value,
//         CASE WHEN status IS NULL THEN 'No status recorded' END AS en,
//         CASE WHEN status IS NULL THEN 'وضعیتی ثبت نشده' END AS fa
//       ORDER BY value
//   kind: {type: choice, required: no, values: "MATCH (a:Agreement) RETURN DISTINCT a.kind AS value ORDER BY value"}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
// example: {status: signed}
MATCH (agreement:Agreement)
WHERE ($status IS NULL OR coalesce(agreement.status, 'none') = $status)
  AND ($kind IS NULL OR agreement.kind = $kind)
WITH agreement
ORDER BY agreement.status_as_of_latest DESC, agreement.name_en, agreement.id
RETURN agreement, agreement.kind AS kind, agreement.status AS status, agreement.status_as_of_written AS status_as_of,
  COLLECT {
    MATCH (p:Entity)-[party_to:PARTY_TO WHERE coalesce(party_to.rank, '') <> 'deprecated']->(agreement)
    RETURN DISTINCT p ORDER BY p.id
  } AS parties
