// Agreements and sources of which is said how confidential they are.
MATCH (e:Entity)
WHERE e.confidentiality IN $words AND (e:Agreement OR e:Source)
RETURN e.id AS id, e.confidentiality AS word
