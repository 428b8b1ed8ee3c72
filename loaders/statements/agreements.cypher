// How many agreements there are.
MATCH (a:Agreement)
RETURN count(a) AS count
