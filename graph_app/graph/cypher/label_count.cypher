// How many entities are LABEL; the server has counted them already, and finds that only without a key to group by.
MATCH (e:LABEL)
WITH count(e) AS count
RETURN 'LABEL' AS name, count
