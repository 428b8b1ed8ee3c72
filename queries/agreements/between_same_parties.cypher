// title: {en: Other agreements of the same parties, fa: اسناد دیگر همان طرف‌ها}
// about:
//   en: Earlier and later agreements in which at least two parties of this one are parties too.
//   fa: اسناد پیشین و پسینی که دست‌کم دو طرف این سند در آن‌ها هم طرف‌اند.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [history]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   parties: {en: Parties in both, fa: طرف‌های مشترک}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (:Entity {id: $agreement})<-[:PARTY_TO]-(party:Entity)-[:PARTY_TO]->(other:Agreement)
WHERE other.id <> $agreement AND NOT coalesce(other.is_group, FALSE)
WITH other, collect(DISTINCT party) AS parties
WHERE size(parties) > 1
RETURN other AS agreement, other.kind AS kind, other.signed_on_written AS signed_on, parties
ORDER BY other.signed_on_earliest, agreement.id
