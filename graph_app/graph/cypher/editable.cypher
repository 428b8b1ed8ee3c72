// One entity with what a form about it offers: parties with their roles, commitments, addressees of letters, umbrellas, posts.
MATCH (e:Entity {id: $id})
RETURN e,
  COLLECT {
    MATCH (e)<-[t:PARTY_TO]-(p:Entity)
    RETURN DISTINCT {node: p, role: t.role} AS found ORDER BY found.role, found.node.id
  } AS parties,
  COLLECT { MATCH (e)-[:APPLIES_IN]->(p:Entity) RETURN DISTINCT p ORDER BY p.id } AS territories,
  COLLECT { MATCH (e)<-[:ARISES_FROM]-(c:Commitment) RETURN DISTINCT c ORDER BY c.id } AS commitments,
  COLLECT {
    MATCH (e)<-[:ABOUT|ACTS_ON]-(l:Event)<-[:TOOK_PART_IN {role: 'addressee'}]-(p:Entity)
    RETURN DISTINCT {letter: l, node: p} AS found ORDER BY found.letter.id, found.node.id
  } AS addressees,
  COLLECT { MATCH (e)-[:UNDER_UMBRELLA]->(u:Agreement) RETURN DISTINCT u.id } AS umbrellas,
  COLLECT { MATCH (e)<-[:POST_AT]-(p:Post) RETURN DISTINCT p ORDER BY p.id } AS posts
