// What was merged, and into what, as the claims tell that came along.
MATCH (e:Entity)-[r:EVIDENCED_BY]->()
WHERE r.merged_from IS NOT NULL
RETURN r.merged_from AS merged, e.id AS kept
UNION
MATCH (e:Entity)-[r:SET_ASIDE]->()
WHERE r.merged_from IS NOT NULL
RETURN r.merged_from AS merged, e.id AS kept
