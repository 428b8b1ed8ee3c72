// Ties that several claims state with different properties, unless somebody preferred one. Only pairs with more than
// one tie of a type are looked at closely.
MATCH (subject:Entity)-[tie]->(object:Entity)
WHERE type(tie) IN $claimed
WITH subject, object, type(tie) AS type, count(tie) AS ties
WHERE ties > 1
MATCH (subject)-[tie]->(object)
WHERE type(tie) = type
WITH subject, object, type, tie.role AS role, tie.action AS action, tie.as AS as, collect(tie) AS claims
WHERE size(claims) > 1 AND none(claim IN claims WHERE coalesce(claim.rank, '') = 'preferred')
UNWIND reduce(names = [], claim IN claims | names + keys(claim)) AS key
WITH DISTINCT subject, object, claims, key
WHERE NOT key IN $evidence AND NOT key STARTS WITH 'original_' AND NOT key ENDS WITH '_written'
WITH subject, object, claims, key, [claim IN claims WHERE claim[key] IS NOT NULL | claim[key]] AS values
WITH subject, object, claims, key, values[0] AS value, [one IN values WHERE one <> values[0]] AS others
WHERE size(others) > 0
RETURN subject, claims[0] AS tie, object, key, value, others[0] AS other
ORDER BY subject.id, object.id, key
LIMIT $most
