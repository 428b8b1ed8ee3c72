// The countries with these codes.
MATCH (c:Country)
WHERE c.iso_country IN $codes
RETURN c
ORDER BY c.id
