// The properties that entities of each label have, as far as the first thousands show.
MATCH (e:Entity)
WITH e
LIMIT $most
UNWIND labels(e) AS name
UNWIND keys(e) AS property
RETURN name, collect(DISTINCT property) AS properties
ORDER BY name
