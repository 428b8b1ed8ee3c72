// Who sat there? Posts whose holder is not known, at a meeting or at all, and participants who may be somebody else.
CALL () {
  MATCH (subject:Post)
  WHERE NOT EXISTS { (subject)<-[held:TO_POST]-() }
  OPTIONAL MATCH (subject)-[tie:TOOK_PART_IN]->(object:Event)
  RETURN subject, tie, object
  UNION
  MATCH (subject:Entity)-[tie:TOOK_PART_IN {certainty: 'ambiguous'}]->(object:Event)
  RETURN subject, tie, object
}
WITH subject, tie, object
RETURN subject, tie, object, tie.certainty AS certainty, tie.note AS note
ORDER BY object.id, subject.id
LIMIT $most
