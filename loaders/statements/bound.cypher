// The claims that hold on to these entities.
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r]-(:Entity)
WHERE NOT type(r) IN $derived
RETURN DISTINCT id AS id, r.id AS tie
