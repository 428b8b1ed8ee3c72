// By which version the search keys of this graph were made, and whether it holds any entity.
OPTIONAL MATCH (k:Keys)
RETURN k.version AS version, EXISTS { MATCH (:Entity) } AS filled
