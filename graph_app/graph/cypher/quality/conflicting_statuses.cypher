// Agreements for which sources assert different statuses, or whose acts contradict each other.
CALL () {
  MATCH (subject:Agreement)-[claim:EVIDENCED_BY]->(source:Source)
  WHERE claim.differs IS NOT NULL AND 'status' IN claim.differs
    AND NOT EXISTS {
      MATCH (subject)-[best:EVIDENCED_BY {rank: 'preferred'}]->()
      WHERE 'status' IN best.properties
    }
  RETURN subject, claim.status AS other, source, claim.source_line AS line
  UNION
  MATCH (subject:Agreement)-[period:HAD_STATUS]->()
  WHERE 'conflict' IN period.flags
  RETURN subject, period.status AS other, NULL AS source, NULL AS line
}
WITH subject, other, source, line
RETURN subject, 'status' AS key, subject.status AS value, other, source, line
ORDER BY subject.id, other, source.id
LIMIT $most
