// title: {en: Tasked but absent, fa: دارای وظیفه ولی غایب}
// about:
//   en: Who has a task in an agreement, and who came to its meetings for them. Somebody from a part of an institution represents it in part; a seat whose holder may be another is named as such.
//   fa: چه کسی در سند وظیفه‌ای دارد و چه کسی در جلسه‌های آن از سوی او بوده است. کسی از زیرمجموعهٔ یک نهاد، تنها نمایندهٔ بخشی از آن است و صندلی‌ای که شاید از آنِ دیگری باشد همین‌گونه نامیده می‌شود.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [commitments, events]
// columns:
//   actor: {en: With a task, fa: دارای وظیفه}
//   tasks: {en: Tasks, fa: شمار وظیفه‌ها}
//   present: {en: Present, fa: حاضر}
//   in_part: {en: Present for a part of it, fa: حاضر از زیرمجموعه‌ها}
//   unsure: {en: Perhaps present, fa: شاید حاضر}
// example: {agreement: "agreement:mou-quranic-khuzestan-arvand-basra"}
MATCH (duty:Commitment)-[:ARISES_FROM]->(:Entity:Agreement {id: $agreement})
MATCH (duty)-[:OWED_BY]->(actor:Entity)
WHERE NOT coalesce(duty.kind, '') IN ['proposal', 'expectation']
WITH actor, count(DISTINCT duty) AS tasks
OPTIONAL MATCH (event:Event)-[:ACTS_ON|ABOUT]->(:Entity:Agreement {id: $agreement})
WHERE event.status = 'held'
WITH actor, tasks, collect(DISTINCT event) AS events
RETURN actor, tasks,
  COLLECT {
    UNWIND events AS event
    MATCH (who:Entity)-[part:TOOK_PART_IN]->(event)
    WHERE part.certainty <> 'ambiguous'
      AND (who = actor OR EXISTS { (who)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT|POST_FOR|ON_BEHALF_OF]->(actor) } OR EXISTS { (who:Post)-[:POST_AT]->(actor) })
    RETURN DISTINCT who ORDER BY who.id
  } AS present,
  COLLECT {
    UNWIND events AS event
    MATCH (who:Entity)-[part:TOOK_PART_IN]->(event)
    WHERE part.certainty <> 'ambiguous'
      AND NOT EXISTS { (who)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT|POST_FOR|ON_BEHALF_OF]->(actor) }
      AND (EXISTS { (who)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(:Institution)-[:PART_OF|SERVES|BASED_IN]->+(actor) }
        OR EXISTS { (who)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(:Institution)-[:PART_OF]->(:Institution)-[:POSSIBLY_SAME_AS]-(actor) })
    RETURN DISTINCT who ORDER BY who.id
  } AS in_part,
  COLLECT {
    UNWIND events AS event
    MATCH (who:Entity)-[part:TOOK_PART_IN {certainty: 'ambiguous'}]->(event)
    WHERE who = actor OR EXISTS { (who:Post)-[:POST_AT]->(:Institution)-[:PART_OF|POSSIBLY_SAME_AS]-{0,2}(actor) }
    RETURN DISTINCT who ORDER BY who.id
  } AS unsure
ORDER BY size(present), size(in_part), actor.id
