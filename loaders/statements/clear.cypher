// Remove some entities and statuses with all their ties, and say how many.
MATCH (n:Entity|Status)
WITH n
LIMIT $batch
DETACH DELETE n
RETURN count(*) AS removed
