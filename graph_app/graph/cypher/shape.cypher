// The properties that entities of each label have, as far as the first thousands show, and how many ties of each type there are.
CALL () {
  MATCH (e:Entity)
  WITH e LIMIT $most
  UNWIND labels(e) AS name
  UNWIND keys(e) AS property
  RETURN 'label' AS sort, name, collect(DISTINCT property) AS properties, 0 AS count
UNION
  MATCH ()-[r]->()
  RETURN 'type' AS sort, type(r) AS name, [] AS properties, count(*) AS count
}
RETURN sort, name, properties, count
ORDER BY sort, name
