CREATE TEXT INDEX squashed IF NOT EXISTS
FOR (e:Entity) ON (e.squashed)
