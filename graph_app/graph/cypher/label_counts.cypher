// How many entities have each label.
MATCH (e:Entity)
UNWIND labels(e) AS label
RETURN label, count(*) AS count
