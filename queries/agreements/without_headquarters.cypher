// title: {en: Agreements without a cooperation headquarters, fa: اسناد بی ستاد همکاری}
// about:
//   en: Agreements under which no headquarters of cooperation is recorded, with what sources claim of their number.
//   fa: اسنادی که برایشان ستاد همکاری ثبت نشده است، با رقم‌هایی که منابع دربارهٔ این ستادها ادعا می‌کنند.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [bodies]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   figures: {en: Claimed figures, fa: رقم‌های ادعایی}
MATCH (agreement:Agreement)
WHERE agreement.kind IN ['mou', 'umbrella_mou', 'portfolio', 'cooperation_agreement']
WITH agreement, COLLECT {
  MATCH (agreement)<-[:SET_UP_UNDER]-(body:Body)<-[:MEASURES]-(m:Metric) RETURN m ORDER BY m.id
} AS figures
WHERE NOT EXISTS { (agreement)<-[:SET_UP_UNDER]-(:Body {kind: 'cooperation_hq'}) } OR size(figures) > 0
RETURN agreement, agreement.kind AS kind, figures
ORDER BY size(figures) DESC, agreement.id
