// The entities of which these sources speak.
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:EVIDENCED_BY|SET_ASIDE]-(e:Entity)
RETURN DISTINCT e.id AS id
