// title: {en: Similar plans and how they went, fa: طرح‌های مشابه و سرانجامشان}
// about:
//   en: Other agreements and plans between the countries of two sides, or of either side abroad, with how each stands, its last act and since when nobody has spoken of it. Those of the two sides themselves come first.
//   fa: دیگر اسناد و طرح‌های میان کشورهای دو طرف، یا هر یک از دو طرف با خارج، با وضعیت هر کدام، آخرین اقدام و زمان آخرین خبر. اسناد خود دو طرف نخست می‌آیند.
// params:
//   ours: {type: entity, of: [Institution, Place], label: {en: Our side, fa: طرف ما}}
//   theirs: {type: entity, of: [Institution, Place], label: {en: The other side, fa: طرف مقابل}}
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 300, seconds: 10}
// tags: [history, before signing]
// columns:
//   agreement: {en: Agreement or plan, fa: سند یا طرح}
//   parties: {en: Parties, fa: طرف‌ها}
//   last_act: {en: Last act, fa: آخرین اقدام}
//   days_silent: {en: Days without evidence, fa: روزهای بی‌خبری}
// example: {ours: "place:mashhad", theirs: "place:sanaa", as_of: "2025-12-05"}
MATCH (ours:Entity {id: $ours})
MATCH (theirs:Entity {id: $theirs})
CALL (ours, theirs) {
  UNWIND [ours, theirs] AS side
  MATCH (side)-[:PARTY_TO]->(agreement:Agreement)
  RETURN agreement, 0 AS rank
  UNION
  MATCH (a:Entity)-[:PARTY_TO]->(agreement:Agreement)<-[:PARTY_TO]-(b:Entity)
  WHERE a.iso_country = ours.iso_country AND b.iso_country = theirs.iso_country AND a <> b
  RETURN DISTINCT agreement, 1 AS rank
}
WITH ours, theirs, agreement, min(rank) AS rank
WHERE NOT coalesce(agreement.is_group, FALSE)
  AND NOT (EXISTS { (ours)-[:PARTY_TO]->(agreement) } AND EXISTS { (theirs)-[:PARTY_TO]->(agreement) })
OPTIONAL MATCH (agreement)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN agreement, agreement.kind AS kind, coalesce(h.status, 'none') AS status,
  COLLECT { MATCH (x:Entity)-[:PARTY_TO]->(agreement) RETURN DISTINCT x ORDER BY x.id } AS parties,
  head(COLLECT {
    MATCH (e:Event)-[:ACTS_ON]->(agreement) WHERE coalesce(e.status, 'held') = 'held'
    RETURN e ORDER BY e.date_latest DESC, coalesce(e.sequence, 0) DESC LIMIT 1
  }) AS last_act,
  h.last_evidence AS last_evidence, duration.inDays(h.last_evidence, $as_of).days AS days_silent, coalesce(h.flags, []) AS flags
ORDER BY rank, h.last_evidence IS NULL, h.last_evidence DESC, agreement.id
