// title: {en: Between two countries, fa: میان دو کشور}
// about:
//   en: Agreements, events and posts that join two countries, with those concerned on either side and the topics.
//   fa: اسناد، رویدادها و سمت‌هایی که دو کشور را به هم می‌پیوندند، با دست‌اندرکاران هر دو سو و موضوع‌ها.
// params:
//   a: {type: entity, of: [Country], label: {en: First country, fa: کشور نخست}}
//   b: {type: entity, of: [Country], label: {en: Second country, fa: کشور دوم}}
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
  MATCH (a)
    (()<-[within:WITHIN WHERE coalesce(within.rank, '') <> 'deprecated']-()){0,4} (:Place)
    (()<-[serves:SERVES|BASED_IN WHERE coalesce(serves.rank, '') <> 'deprecated']-()){0,1} (p:Entity)
    -[party_to:PARTY_TO WHERE coalesce(party_to.rank, '') <> 'deprecated']->(g:Agreement)
  WITH DISTINCT b, g
  MATCH (g)
    <-[party_to_2:PARTY_TO WHERE coalesce(party_to_2.rank, '') <> 'deprecated']-(:Entity)
    (()-[serves_2:SERVES|BASED_IN WHERE coalesce(serves_2.rank, '') <> 'deprecated']->()){0,1} (:Place)
    (()-[within_2:WITHIN WHERE coalesce(within_2.rank, '') <> 'deprecated']->()){0,4} (b)
  WITH DISTINCT g
  RETURN 'Agreement' AS section, g AS entity,
    COLLECT {
      MATCH (p:Entity)-[party_to_3:PARTY_TO WHERE coalesce(party_to_3.rank, '') <> 'deprecated']->(g)
      RETURN DISTINCT p ORDER BY p.id
    } AS between
  UNION
  MATCH (e:Event)
  WHERE EXISTS { MATCH (e)
    <-[took_part_in:TOOK_PART_IN WHERE coalesce(took_part_in.rank, '') <> 'deprecated']-(x:Entity) WHERE x.iso_country = a.iso_country }
    OR EXISTS { MATCH (e)
      -[held_in:HELD_IN WHERE coalesce(held_in.rank, '') <> 'deprecated']->(x:Entity) WHERE x.iso_country = a.iso_country }
  WITH e, b
  WHERE EXISTS { MATCH (e)
    <-[took_part_in_2:TOOK_PART_IN WHERE coalesce(took_part_in_2.rank, '') <> 'deprecated']-(x:Entity) WHERE x.iso_country = b.iso_country }
    OR EXISTS { MATCH (e)
      -[held_in_2:HELD_IN WHERE coalesce(held_in_2.rank, '') <> 'deprecated']->(x:Entity) WHERE x.iso_country = b.iso_country }
  RETURN 'Event' AS section, e AS entity,
    COLLECT {
      MATCH (p:Entity)-[took_part_in_3:TOOK_PART_IN WHERE coalesce(took_part_in_3.rank, '') <> 'deprecated']->(e)
      RETURN DISTINCT p ORDER BY p.id
    } AS between
  UNION
  UNWIND [[a, b], [b, a]] AS pair
  WITH pair[0] AS sender, pair[1] AS host
  MATCH (sender)
    <-[on_behalf_of:ON_BEHALF_OF WHERE coalesce(on_behalf_of.rank, '') <> 'deprecated']-(post:Post)
    -[post_for:POST_FOR WHERE coalesce(post_for.rank, '') <> 'deprecated']->(:Place)
    (()-[within_3:WITHIN WHERE coalesce(within_3.rank, '') <> 'deprecated']->()){0,4} (host)
  WITH DISTINCT post
  RETURN 'Post' AS section, post AS entity,
    COLLECT {
      MATCH (post)
        <-[to_post:TO_POST WHERE coalesce(to_post.rank, '') <> 'deprecated']-(:Appointment)
        -[appoints:APPOINTS WHERE coalesce(appoints.rank, '') <> 'deprecated']->(p:Entity)
      RETURN DISTINCT p
    } AS between
}
RETURN section, entity, entity.kind AS kind, entity.status AS status,
  coalesce(entity.date_written, entity.signed_on_written) AS date, between,
  COLLECT {
    MATCH (entity)-[about:ABOUT WHERE coalesce(about.rank, '') <> 'deprecated']->(t:Topic)
    RETURN DISTINCT t ORDER BY t.id
  } AS topics
ORDER BY section, coalesce(entity.date_latest, entity.signed_on_latest) DESC, entity.id
