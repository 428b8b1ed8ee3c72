// How many entities there are; the server has counted them already.
MATCH (e:Entity)
RETURN count(e) AS entities
