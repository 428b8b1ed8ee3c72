// title: {en: Secretaries and their proposals, fa: دبیران و پیشنهادهایشان}
// about:
//   en: Posts of secretaries with the body and whoever holds them, and the proposals that arose from the events they took part in.
//   fa: سمت‌های دبیری با نهاد و متصدی هر کدام، و پیشنهادهایی که از رویدادهای با حضور آنان برآمده است.
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts, bodies]
// columns:
//   post: {en: Post, fa: سمت}
//   institutions: {en: At, fa: در}
//   holders: {en: Holders, fa: متصدیان}
//   proposals: {en: Proposals, fa: پیشنهادها}
MATCH (post:Post)
WHERE post.kind CONTAINS 'secretar' OR post.name_en CONTAINS 'ecretar'
RETURN post, COLLECT { MATCH (post)-[:POST_AT]->(i:Institution) RETURN DISTINCT i ORDER BY i.id } AS institutions,
  COLLECT { MATCH (post)<-[:TO_POST]-(:Appointment)-[:APPOINTS]->(p:Person) RETURN DISTINCT p ORDER BY p.id } AS holders,
  COLLECT {
    MATCH (post)-[:TOOK_PART_IN]->(:Event)<-[:ARISES_FROM]-(c:Commitment {kind: 'proposal'})
    RETURN DISTINCT c ORDER BY c.id
  } AS proposals
ORDER BY post.id
