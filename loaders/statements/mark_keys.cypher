// Say by which version the search keys of the graph were made.
MERGE (k:Keys)
SET k = $properties
