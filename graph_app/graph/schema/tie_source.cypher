CREATE INDEX NAME_source IF NOT EXISTS
FOR ()-[r:TYPE]-() ON (r.source)
