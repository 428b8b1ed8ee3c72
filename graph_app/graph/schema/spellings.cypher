CREATE FULLTEXT INDEX spellings IF NOT EXISTS
FOR (e:Entity) ON EACH [e.squashed, e.sounds]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
