// Events for which no source gives any date.
MATCH (subject:Event)
WHERE subject.date_written IS NULL AND subject.date_earliest IS NULL
RETURN subject, subject.status AS status
ORDER BY subject.id
LIMIT $most
