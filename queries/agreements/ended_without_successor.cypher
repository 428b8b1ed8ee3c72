// title: {en: Ended and followed by nothing, fa: پایان‌یافته و بی‌دنباله}
// about:
//   en: Agreements whose term ended before the day and that were neither renewed, downgraded, replaced nor terminated. An end that may have passed is among them and says so.
//   fa: اسنادی که مدتشان پیش از این روز پایان یافته و نه تمدید، نه تنزل، نه جایگزین و نه خاتمه یافته‌اند. پایانی که شاید گذشته باشد هم با همین توضیح می‌آید.
// params:
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status, follow-up]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   ended: {en: Last valid day, fa: آخرین روز اعتبار}
//   parties: {en: Parties, fa: طرف‌ها}
// example: {as_of: "2025-12-05"}
MATCH (agreement:Agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
  AND (h.status = 'expired' OR 'expired' IN h.candidates)
CALL (agreement) {
  MATCH (agreement)-[x:HAD_STATUS]->(:Status)
  WHERE x.status IN ['in_force', 'expiring'] AND x.to < $as_of
  RETURN max(x.to) AS last_valid
}
RETURN agreement, h.status AS status, coalesce(h.candidates, []) AS candidates,
  CASE h.status WHEN 'expired' THEN last_valid END AS ended,
  coalesce(h.flags, []) AS flags, h.disposition AS disposition,
  COLLECT { MATCH (p:Entity)-[:PARTY_TO]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS parties
ORDER BY ended, agreement.id
