// How many ties of TYPE there are; the server has counted them already, and finds that only without a key to group by.
MATCH ()-[r:TYPE]->()
WITH count(r) AS count
RETURN 'TYPE' AS name, count
