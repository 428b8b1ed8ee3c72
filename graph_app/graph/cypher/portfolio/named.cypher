// These entities with the countries that they belong to: their own, else that of the place where they are or which they serve.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e, coalesce(e.iso_country, head([(e)-[:BASED_IN|SERVES]->(p:Place) WHERE p.iso_country IS NOT NULL | p.iso_country])) AS country
