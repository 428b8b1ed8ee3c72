CREATE RANGE INDEX evidence_differs IF NOT EXISTS
FOR ()-[r:EVIDENCED_BY]-() ON (r.differs)
