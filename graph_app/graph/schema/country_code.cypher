CREATE RANGE INDEX country_code IF NOT EXISTS
FOR (e:Entity) ON (e.iso_country)
