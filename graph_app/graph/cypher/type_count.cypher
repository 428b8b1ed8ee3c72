// How many ties of TYPE there are; the server has counted them already.
MATCH ()-[r:TYPE]->()
RETURN count(r) AS count
