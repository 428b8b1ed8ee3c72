CREATE RANGE INDEX agreement_status IF NOT EXISTS
FOR (a:Agreement) ON (a.status)
