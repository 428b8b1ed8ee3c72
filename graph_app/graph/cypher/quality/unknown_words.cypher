// Kinds, statuses, roles and ranks that the vocabulary does not have, with how often they stand there.
CALL () {
  MATCH (subject:Entity)-[claim]->(:Entity)
  WHERE claim.rank IS NOT NULL AND NOT claim.rank IN $known
  RETURN 'rank' AS key, claim.rank AS value, count(*) AS count, min(subject.id) AS first
}
WITH collect({key: key, value: value, count: count, first: first}) AS ranks
CALL () {
  MATCH (subject:Entity)
  UNWIND ['kind', 'status'] AS key
  WITH key, subject[key] AS value, count(*) AS count, min(subject.id) AS first
  WHERE value IS NOT NULL AND NOT value IN $known
  RETURN collect({key: key, value: value, count: count, first: first}) AS coded
}
CALL () {
  MATCH (subject:Entity)-[claim:PARTY_TO|TOOK_PART_IN]->(:Entity)
  WITH claim.role AS value, count(*) AS count, min(subject.id) AS first
  WHERE value IS NOT NULL AND NOT value IN $known
  RETURN collect({key: 'role', value: value, count: count, first: first}) AS roles
}
UNWIND ranks + coded + roles AS found
MATCH (subject:Entity {id: found.first})
RETURN subject, found.key AS key, found.value AS value, found.count AS count
ORDER BY key, value
LIMIT $most
