// title: {en: "Who signed, for whom and in which post", fa: امضاکنندگان، از سوی چه کسی و در چه سمتی}
// about:
//   en: The signatories of an agreement with the posts that they held, and when and where it was signed.
//   fa: امضاکنندگان یک سند با سمت‌هایشان، و زمان و مکان امضا.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [posts]
// columns:
//   signatory: {en: Signatory, fa: امضاکننده}
//   posts: {en: Posts, fa: سمت‌ها}
//   institutions: {en: At, fa: در}
//   places: {en: Signed in, fa: محل امضا}
// example: {agreement: "agreement:mou-ilam-blood-mosques"}
MATCH (signatory:Person)-[tie:SIGNED]->(g:Entity:Agreement {id: $agreement})
RETURN DISTINCT signatory, tie.for AS for, g.signed_on_written AS signed_on,
  COLLECT { MATCH (signatory)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(p:Post) RETURN DISTINCT p ORDER BY p.id } AS posts,
  COLLECT {
    MATCH (signatory)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(i:Institution)
    RETURN DISTINCT i ORDER BY i.id
  } AS institutions,
  COLLECT { MATCH (:Event {kind: 'signing'})-[:HELD_IN]->(p:Place) WHERE EXISTS { (p)<-[:HELD_IN]-(:Event {kind: 'signing'})-[:ACTS_ON]->(g) } RETURN DISTINCT p ORDER BY p.id } AS places
ORDER BY signatory.id
