// Which database this is, and since when it runs: another answer means that its settings may have changed.
SHOW DATABASES
YIELD name, databaseID, lastStartTime
WHERE name = $name
RETURN databaseID AS id, toString(lastStartTime) AS since
