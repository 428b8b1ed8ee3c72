// How many entities are LABEL; the server has counted them already.
MATCH (e:LABEL)
RETURN count(e) AS count
