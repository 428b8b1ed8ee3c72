// What a document is called in a source that names it by its SHA-256.
MATCH (s:Source {document_sha256: $sha256})
RETURN s.document_name AS name ORDER BY s.id LIMIT 1
