// Ties for which sources give different properties, unless somebody preferred one: the ties of every source but the
// one that claims most, each beside its rivals. TYPE is put in, once per type.
CALL () {
  MATCH ()-[tie:TYPE]->()
  WHERE tie.source IS NOT NULL
  WITH tie.source AS source, count(*) AS ties
  ORDER BY ties DESC, source
  WITH collect(source)[1..] AS fewer
  UNWIND fewer AS source
  MATCH (subject:Entity)-[tie:TYPE {source: source}]->(object:Entity)
  MATCH (subject)-[rival:TYPE]->(object)
  RETURN subject, tie, object, rival
}
WITH subject, tie, object, rival
WHERE rival.source <> tie.source
  AND coalesce(tie.rank, 'normal') = 'normal'
  AND coalesce(rival.rank, 'normal') = 'normal'
  AND coalesce(tie.role, '') = coalesce(rival.role, '')
  AND coalesce(tie.action, '') = coalesce(rival.action, '')
  AND coalesce(tie.as, '') = coalesce(rival.as, '')
UNWIND [key IN keys(tie) WHERE NOT key IN $evidence AND tie[key] <> rival[key]] AS key
WITH subject, object, key, head(collect(tie)) AS tie, head(collect(tie[key])) AS other,
  head(collect(rival[key])) AS value
WHERE NOT key STARTS WITH 'original_' AND NOT key ENDS WITH '_written'
RETURN subject, tie, object, key, value, other
ORDER BY subject.id, object.id, key
LIMIT $most
