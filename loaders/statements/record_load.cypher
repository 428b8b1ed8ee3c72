// Keep that this load happened.
MERGE (l:Load {id: $id})
SET l += $properties
