// title: {en: "Opinions, hopes and praise", fa: دیدگاه‌ها، امیدها و ستایش‌ها}
// about:
//   en: What people said without it being a fact, with the speaker, whom or what it is about, and where it is written.
//   fa: آنچه کسان گفته‌اند بی آنکه واقعیتی باشد، با گوینده، موضوع سخن، و جای نوشته شدنش.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [evidence]
// columns:
//   statement: {en: Said, fa: گفته}
//   speakers: {en: Speakers, fa: گویندگان}
//   about: {en: About, fa: دربارهٔ}
//   line: {en: Line, fa: سطر}
MATCH (statement:Statement)
OPTIONAL MATCH (statement)-[claim:EVIDENCED_BY]->(source:Source)
RETURN DISTINCT statement, statement.kind AS kind,
  COLLECT { MATCH (p:Entity)-[:SAID]->(statement) RETURN DISTINCT p ORDER BY p.id } AS speakers,
  COLLECT { MATCH (statement)-[:ABOUT]->(e:Entity) RETURN DISTINCT e ORDER BY e.id } AS about,
  source, claim.source_line AS line
ORDER BY source.id, line, statement.id
