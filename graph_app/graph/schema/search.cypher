CREATE TEXT INDEX search IF NOT EXISTS
FOR (e:Entity) ON (e.search)
