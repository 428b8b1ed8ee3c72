// Finds what is marked as confidential.
CREATE INDEX entity_secrecy IF NOT EXISTS FOR (e:Entity) ON (e.secrecy)
