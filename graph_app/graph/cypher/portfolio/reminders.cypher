// What is due by a day: agreements within their notice period or ended within a year, commitments not fulfilled, planned events past their date, letters of a month without an answer.
CALL () {
  MATCH (a:Agreement)-[h:HAD_STATUS]->(s:Status)
  WHERE h.from <= $day <= h.to AND s.id = 'expiring' AND coalesce(a.rank, '') <> 'deprecated'
  RETURN 'ends' AS sort, a AS item, h.next_end AS day, NULL AS agreement
UNION
  MATCH (a:Agreement)-[h:HAD_STATUS]->(s:Status)
  WHERE h.from <= $day <= h.to AND s.id = 'expired' AND h.from >= $day - duration('P1Y') AND coalesce(a.rank, '') <> 'deprecated'
  RETURN 'ended' AS sort, a AS item, h.from - duration('P1D') AS day, NULL AS agreement
UNION
  MATCH (c:Commitment)
  WHERE c.due_latest <= $day AND coalesce(c.status, 'open') <> 'fulfilled'
  RETURN 'due' AS sort, c AS item, c.due_latest AS day, head([(c)-[:ARISES_FROM]->(a:Agreement) | a]) AS agreement
UNION
  MATCH (e:Event {status: 'planned'})
  WHERE e.date_latest < $day
  RETURN 'event' AS sort, e AS item, e.date_latest AS day, head([(e)-[:ACTS_ON|ABOUT]->(a:Agreement) | a]) AS agreement
UNION
  MATCH (:Entity)-[part:TOOK_PART_IN {role: 'addressee'}]->(letter:Event)
  WHERE coalesce(letter.status, 'held') <> 'planned' AND coalesce(part.rank, '') <> 'deprecated'
  WITH letter, count(part.answer) AS answers
  WHERE answers = 0
  OPTIONAL MATCH (letter)-[claim:EVIDENCED_BY]->(:Source)
  WITH letter, coalesce(letter.date_latest, max(claim.reported_on)) AS day
  WHERE day + duration('P30D') <= $day
  RETURN 'letter' AS sort, letter AS item, day, head([(letter)-[:ACTS_ON|ABOUT]->(a:Agreement) | a]) AS agreement
}
RETURN sort, item, day, agreement,
  EXISTS { MATCH (item)-[:EVIDENCED_BY]->(s:Source) WHERE s.fictional }
  AND NOT EXISTS { MATCH (item)-[:EVIDENCED_BY]->(s:Source) WHERE NOT coalesce(s.fictional, FALSE) } AS fictional
ORDER BY day, sort, item.id
