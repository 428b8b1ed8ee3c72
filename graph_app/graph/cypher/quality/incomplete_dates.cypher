// Dates that are written and are not a whole day.
MATCH (subject:Agreement|Event|Appointment|Commitment|Metric|Source)
UNWIND [name IN keys(subject) WHERE name ENDS WITH '_written' AND NOT name ENDS WITH '_as_written' | name] AS name
WITH subject, left(name, size(name) - 8) AS key, subject[name] AS value
WHERE coalesce(subject[key + '_earliest'] <> subject[key + '_latest'], TRUE)
RETURN subject, key, value
ORDER BY subject.id, key
LIMIT $most
