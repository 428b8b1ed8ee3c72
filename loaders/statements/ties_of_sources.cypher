// The ties of one type that these sources claim. TYPE is put in from the vocabulary.
UNWIND $ids AS source
MATCH (a)-[r:TYPE {source: source}]->(b)
USING INDEX r:TYPE(source)
RETURN r.id AS id, source, r.secrecy AS secrecy, [a.id, b.id] AS ends
