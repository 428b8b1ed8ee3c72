// Finds what is said to be confidential.
CREATE INDEX entity_confidentiality IF NOT EXISTS FOR (e:Entity) ON (e.confidentiality)
