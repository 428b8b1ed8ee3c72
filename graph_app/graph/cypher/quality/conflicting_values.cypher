// Values on which sources differ, unless somebody preferred one or set the other aside. Statuses are a list of their own.
MATCH (subject:Entity)-[claim:EVIDENCED_BY]->(source:Source)
WHERE claim.differs IS NOT NULL
UNWIND claim.differs AS key
WITH subject, claim, source, key
WHERE NOT (key = 'status' AND subject:Agreement)
  AND NOT EXISTS {
    MATCH (subject)-[best:EVIDENCED_BY {rank: 'preferred'}]->()
    WHERE key IN best.properties OR key + '_written' IN best.properties
  }
RETURN subject, key, coalesce(subject[key], subject[key + '_written']) AS value,
  coalesce(claim[key], claim[key + '_written']) AS other, source, claim.source_line AS line
ORDER BY subject.id, key, source.id
LIMIT $most
