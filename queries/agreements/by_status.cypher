// title: {en: Agreements by status, fa: اسناد همکاری به تفکیک وضعیت}
// about:
//   en: Agreements in one status or in all, as the acts up to a day make it, with the reason and their parties. What a source asserts stands beside it.
//   fa: اسناد همکاری در یک وضعیت یا همهٔ وضعیت‌ها، آن‌گونه که از اقدام‌ها تا یک روز برمی‌آید، با دلیل و طرف‌های آن‌ها. گفتهٔ منبع در کنار آن می‌آید.
// params:
//   status: {type: choice, required: no, values: "MATCH (s:Status) RETURN s.id AS value ORDER BY value"}
//   kind: {type: choice, required: no, values: "MATCH (a:Agreement) RETURN DISTINCT a.kind AS value ORDER BY value"}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties, fa: طرف‌ها}
// example: {status: signed, as_of: "2025-12-05"}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND ($status IS NULL OR h.status = $status OR $status IN h.candidates)
  AND ($kind IS NULL OR agreement.kind = $kind)
WITH agreement, h
ORDER BY h.from DESC, agreement.name_en, agreement.id
RETURN agreement, agreement.kind AS kind, h.status AS status, coalesce(h.candidates, []) AS candidates, h.rule AS rule,
  coalesce(h.flags, []) AS flags, CASE WHEN h.from > date('0001-01-01') THEN h.from END AS since, h.next_end AS next_end,
  agreement.status AS status_asserted, agreement.status_as_of_written AS status_as_of,
  COLLECT { MATCH (p:Entity)-[:PARTY_TO]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS parties
