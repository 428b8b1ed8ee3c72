// title: {en: Checklist of commitments, fa: فهرست پیگیری تعهدها}
// about:
//   en: What an agreement obliges to, who owes it, until when, how it stands, and the events that show that it was done. Proposals and expectations are left out.
//   fa: سند به چه متعهد می‌کند، بر عهدهٔ کیست، تا چه زمان، در چه وضعی است، و کدام رویدادها انجام آن را نشان می‌دهند. پیشنهادها و انتظارها کنار گذاشته شده‌اند.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [commitments, follow-up]
// columns:
//   duty: {en: Commitment, fa: تعهد}
//   owners: {en: Owed by, fa: بر عهدهٔ}
//   nobodys: {en: Of several at once, fa: از آنِ چند کس با هم}
//   fulfilled_by: {en: Shown by, fa: گواه انجام}
// example: {agreement: "agreement:mou-ilam-blood-mosques"}
MATCH (duty:Commitment)-[:ARISES_FROM]->(:Entity:Agreement {id: $agreement})
WHERE NOT coalesce(duty.kind, '') IN ['proposal', 'expectation']
WITH DISTINCT duty, COLLECT { MATCH (duty)-[:OWED_BY]->(o:Entity) RETURN DISTINCT o ORDER BY o.id } AS owners
RETURN duty, duty.kind AS kind, owners, size(owners) > 1 AS nobodys, duty.due_written AS due, duty.status AS status,
  COLLECT { MATCH (e:Event)-[:ACTS_ON|ABOUT]->(duty) RETURN DISTINCT e ORDER BY e.id } AS fulfilled_by
ORDER BY duty.due_earliest, duty.id
