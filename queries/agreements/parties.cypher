// title: {en: Parties of an agreement and what each has done, fa: طرف‌های یک سند و اقدام هر یک}
// about:
//   en: Every party with its role, who signed for it, the acts that it did alone, and its last word on the day. A party that withdrew stays in the list; where no source tells what a party did, nothing is assumed.
//   fa: همهٔ طرف‌ها با نقش، امضاکنندهٔ هر یک، اقدام‌هایی که به‌تنهایی کرده‌اند و آخرین اقدامشان تا آن روز. طرفی که کناره گرفته در فهرست می‌ماند؛ هر جا منبعی از اقدام طرفی نگفته باشد، چیزی فرض نمی‌شود.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [status]
// columns:
//   party: {en: Party, fa: طرف}
//   signatories: {en: Signed for it, fa: امضاکننده از سوی آن}
//   last_act: {en: Its last act, fa: آخرین اقدام آن, shows: action}
//   own_acts: {en: Acts of its own, fa: اقدام‌های خود آن}
// example: {agreement: "agreement:mou-ilam-blood-mosques", as_of: "2025-12-05"}
MATCH (party:Entity)-[tie:PARTY_TO]->(g:Entity:Agreement {id: $agreement})
WITH g, party, collect(DISTINCT tie.role) AS role,
  COLLECT {
    MATCH (p:Person)-[s:SIGNED]->(g)
    WHERE party.id ENDS WITH ':' + s.for
    RETURN DISTINCT p ORDER BY p.id
  } AS signatories
WITH g, party, role, signatories,
  COLLECT {
    MATCH (e:Event)-[a:ACTS_ON]->(g)
    WHERE coalesce(e.status, 'held') = 'held' AND a.action <> 'text_recorded'
      AND (e.date_earliest IS NULL OR e.date_earliest <= $as_of)
      AND (party.id ENDS WITH ':' + a.for
        OR (a.for IS NULL AND a.action = 'signed' AND any(r IN role WHERE r IN ['party', 'counterpart'])))
    RETURN {event: e, action: a.action, alone: a.for IS NOT NULL} AS act
    ORDER BY e.date_latest, coalesce(e.sequence, 0), e.id
  } AS acts
RETURN party, role, coalesce(acts[-1].action, CASE WHEN size(signatories) > 0 THEN 'signed' END) AS last_act, signatories,
  [act IN acts WHERE act.alone | act.event] AS own_acts
ORDER BY CASE WHEN any(r IN role WHERE r IN ['party', 'counterpart']) THEN 0 ELSE 1 END, party.id
