CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (e:Entity) ON EACH [e.search]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
