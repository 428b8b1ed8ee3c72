// What is dated between two days and concerns an agreement or a commitment: planned events, and what is due and not fulfilled.
CALL () {
  MATCH (e:Event)
  WHERE e.status = 'planned' AND e.date_latest >= $since AND e.date_earliest <= $until
  RETURN 'event' AS sort, e AS item, e.date_earliest AS first, e.date_latest AS last,
    head([(e)-[:ACTS_ON|ABOUT]->(a:Agreement) | a]) AS agreement
UNION
  MATCH (c:Commitment)
  WHERE c.due_latest >= $since AND c.due_earliest <= $until AND coalesce(c.status, 'open') <> 'fulfilled'
  RETURN 'due' AS sort, c AS item, c.due_earliest AS first, c.due_latest AS last,
    head([(c)-[:ARISES_FROM]->(a:Agreement) | a]) AS agreement
}
RETURN sort, item, first, last, agreement
ORDER BY last, item.id
