// How much of ours the graph holds, and how much of others.
RETURN COUNT { MATCH (:Entity) } AS entities, COUNT { MATCH (:Entity)-->(:Entity) } AS ties,
  COUNT { MATCH (n) WHERE NOT n:Entity AND NOT n:Status AND NOT n:Sync AND NOT n:Keys } AS strangers
