// title: {en: Agreements on the same topics, fa: اسناد با موضوع مشترک}
// about:
//   en: Agreements that share topics with this one, those with most of them first.
//   fa: اسنادی که با این سند موضوع مشترک دارند، پرموضوع‌ترین در آغاز.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [network]
// columns:
//   agreement: {en: Agreement, fa: سند}
//   topics: {en: Shared topics, fa: موضوع‌های مشترک}
// example: {agreement: "agreement:mou-quranic-khuzestan-arvand-basra"}
MATCH (:Entity {id: $agreement})-[:ABOUT]->(topic:Topic)<-[:ABOUT]-(other:Agreement)
WHERE other.id <> $agreement
WITH other, collect(DISTINCT topic) AS topics
RETURN other AS agreement, other.kind AS kind, topics
ORDER BY size(topics) DESC, agreement.id
