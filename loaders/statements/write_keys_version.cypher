// Keep by which version the search keys of this graph were made.
MERGE (k:Keys)
SET k.version = $version
