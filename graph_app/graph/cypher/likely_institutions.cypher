// Institutions without an agreement with one, but with something in common: an event, a topic, a counterpart, or the
// kind in another country. Its people count as itself. `by` is what both have, `weight` how many are tied to that.
MATCH (asked:Entity {id: $id})
CALL (asked) {
  MATCH (asked)-[:PARTY_TO|TOOK_PART_IN]->(work:Agreement|Event)
  RETURN work
  UNION
  MATCH (asked)<-[:POST_AT]-(:Post)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(:Person)-[:TOOK_PART_IN]->(work:Event)
  RETURN work
}
WITH asked, collect(work) AS works
CALL (asked, works) {
  UNWIND works AS by
  MATCH (by:Event)<-[:TOOK_PART_IN]-(other:Institution)
  RETURN other, 'met' AS reason, by
  UNION
  UNWIND works AS by
  MATCH (by:Event)<-[:TOOK_PART_IN]-(:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(other:Institution)
  RETURN other, 'met' AS reason, by
  UNION
  UNWIND works AS work
  MATCH (work)-[:ABOUT]->(by:Topic)<-[:ABOUT]-(:Agreement|Event)<-[:PARTY_TO|TOOK_PART_IN]-(other:Institution)
  RETURN other, 'topic' AS reason, by
  UNION
  MATCH (asked)-[:PARTY_TO]->(:Agreement)<-[:PARTY_TO]-(by:Entity)-[:PARTY_TO]->(:Agreement)<-[:PARTY_TO]-(other:Institution)
  RETURN other, 'counterpart' AS reason, by
  UNION
  MATCH (other:Institution {kind: asked.kind})
  WHERE other.iso_country <> asked.iso_country
  RETURN other, 'kind' AS reason, NULL AS by
}
WITH asked, other, reason, by
WHERE other <> asked
  AND NOT other:Body
  AND NOT coalesce(other.is_group, FALSE)
  AND coalesce(other.rank, '') <> 'deprecated'
  AND NOT EXISTS { (asked)-[:PARTY_TO]->(:Agreement)<-[:PARTY_TO]-(other) }
  AND NOT EXISTS { (asked)-[:PART_OF*1..4]-(other) }
RETURN DISTINCT other, reason, by, CASE WHEN by IS NULL THEN 0 ELSE COUNT { (by)--() } END AS weight
ORDER BY other.id, reason, by.id
