CREATE RANGE INDEX merged_aside IF NOT EXISTS
FOR ()-[r:SET_ASIDE]-() ON (r.merged_from)
