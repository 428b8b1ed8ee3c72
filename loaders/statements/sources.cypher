// The day on which each of these sources was published.
UNWIND $ids AS id
MATCH (s:Source {id: id})
RETURN id AS id, s.issued_latest AS reported_on
