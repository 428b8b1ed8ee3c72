// title: {en: Between two countries, fa: میان دو کشور}
// about:
//   en: Agreements, events and posts that join two countries, with those concerned on either side and the topics.
//   fa: اسناد، رویدادها و سمت‌هایی که دو کشور را به هم می‌پیوندند، با دست‌اندرکاران هر دو سو و موضوع‌ها.
// params:
//   a: {type: entity, of: [Country], label: {en: First country, fa: کشور نخست}}
//   b: {type: entity, of: [Country], label: {en: Second country, fa: کشور دوم}}
//   what:
//     type: choice
//     required: no
//     label: {en: Only, fa: تنها}
//     values: [{value: Agreement, en: Agreements, fa: اسناد همکاری}, {value: Event, en: Events, fa: رویدادها}, {value: Post, en: Posts, fa: سمت‌ها}]
//   as_of: {type: date, default: today, label: {en: As of, fa: در تاریخ}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international]
// columns:
//   section: {en: What, fa: چه, shows: label}
//   entity: {en: Name, fa: نام}
//   between: {en: Concerned, fa: دست‌اندرکاران}
//   topics: {en: Topics, fa: موضوع‌ها}
// example: {a: "place:iran", b: "place:kazakhstan"}
MATCH (a:Entity {id: $a})
MATCH (b:Entity {id: $b})
CALL (a, b) {
  MATCH (a)<-[:WITHIN*0..4]-(:Place)<-[:SERVES|BASED_IN*0..1]-(p:Entity)-[:PARTY_TO]->(g:Agreement)
  WITH DISTINCT b, g
  MATCH (g)<-[:PARTY_TO]-(:Entity)-[:SERVES|BASED_IN*0..1]->(:Place)-[:WITHIN*0..4]->(b)
  WITH DISTINCT g
  RETURN 'Agreement' AS section, g AS entity,
    COLLECT { MATCH (p:Entity)-[:PARTY_TO]->(g) RETURN DISTINCT p ORDER BY p.id } AS between
  UNION
  MATCH (e:Event)
  WHERE EXISTS { MATCH (e)<-[:TOOK_PART_IN]-(x:Entity) WHERE x.iso_country = a.iso_country }
    OR EXISTS { MATCH (e)-[:HELD_IN]->(x:Entity) WHERE x.iso_country = a.iso_country }
  WITH e, b
  WHERE EXISTS { MATCH (e)<-[:TOOK_PART_IN]-(x:Entity) WHERE x.iso_country = b.iso_country }
    OR EXISTS { MATCH (e)-[:HELD_IN]->(x:Entity) WHERE x.iso_country = b.iso_country }
  RETURN 'Event' AS section, e AS entity,
    COLLECT { MATCH (p:Entity)-[:TOOK_PART_IN]->(e) RETURN DISTINCT p ORDER BY p.id } AS between
  UNION
  UNWIND [[a, b], [b, a]] AS pair
  WITH pair[0] AS sender, pair[1] AS host
  MATCH (sender)<-[:ON_BEHALF_OF]-(post:Post)-[:POST_FOR]->(:Place)-[:WITHIN*0..4]->(host)
  WITH DISTINCT post
  RETURN 'Post' AS section, post AS entity,
    COLLECT { MATCH (post)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(p:Entity) RETURN DISTINCT p } AS between
}
WITH section, entity, between
WHERE $what IS NULL
  OR section = $what
OPTIONAL MATCH (entity)-[h:HAD_STATUS]->(:Status)
WHERE h.from <= $as_of <= h.to
RETURN section, entity, entity.kind AS kind, CASE section WHEN 'Agreement' THEN h.status ELSE entity.status END AS status,
  coalesce(entity.date_written, entity.signed_on_written) AS date, between,
  COLLECT { MATCH (entity)-[:ABOUT]->(t:Topic) RETURN DISTINCT t ORDER BY t.id } AS topics
ORDER BY section, coalesce(entity.date_latest, entity.signed_on_latest) DESC, entity.id
