// What is recorded of these agreements and of what succeeds them, or of all: the claims about it, the acts on it, its parties, its successors, its bodies.
// A claim keeps a value only where it differs from what the entity shows. A mere mention claims nothing.
MATCH (a:Agreement)
WHERE $ids IS NULL OR a.id IN $ids OR EXISTS { MATCH (a)-[:SUCCEEDS]->(e:Agreement) WHERE e.id IN $ids }
RETURN a.id AS id, properties(a) AS properties,
  COLLECT {
    MATCH (a)-[c:EVIDENCED_BY]->(s:Source)
    WHERE c.evidence_kind IS NULL
    RETURN [s.id, properties(c)]
  } AS claims,
  COLLECT {
    MATCH (a)<-[t:ACTS_ON]-(e:Event)
    WHERE coalesce(e.status, 'held') = 'held'
    RETURN {
      tie: properties(t), event: properties(e),
      claim: head(COLLECT { MATCH (e)-[c:EVIDENCED_BY]->(:Entity:Source {id: t.source}) RETURN properties(c) })
    }
  } AS acts,
  COLLECT {
    MATCH (a)<-[t:SIGNED]-(p:Entity)
    RETURN [p.id, properties(t)]
  } AS signatures,
  COLLECT {
    MATCH (a)<-[t:PARTY_TO]-(p:Entity)
    RETURN DISTINCT [p.id, t.role]
  } AS parties,
  COLLECT {
    MATCH (a)<-[t:SUCCEEDS]-(n:Agreement)
    RETURN [n.id, properties(t)]
  } AS successors,
  COLLECT {
    MATCH (a)<-[:ABOUT]-(e:Event)
    WHERE e.date_latest IS NOT NULL AND coalesce(e.status, 'held') = 'held'
    RETURN DISTINCT e.date_latest
  } AS activity,
  EXISTS { MATCH (a)<-[:SET_UP_UNDER]-(b:Body) WHERE b.status = 'activated' } AS active_body
