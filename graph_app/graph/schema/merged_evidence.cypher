CREATE RANGE INDEX merged_evidence IF NOT EXISTS
FOR ()-[r:EVIDENCED_BY]-() ON (r.merged_from)
