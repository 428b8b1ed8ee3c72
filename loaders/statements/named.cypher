// The names and search keys of all entities, in the order of their ids, a batch at a time.
MATCH (e:Entity)
WHERE e.id > $after
RETURN e.id AS id, e.name_fa AS name_fa, e.name_en AS name_en, e.aliases AS aliases,
  e.search AS search, e.squashed AS squashed, e.sounds AS sounds
ORDER BY e.id
LIMIT $batch
