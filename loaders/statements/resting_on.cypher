// What is told of these things alone, or happens to them: who may not see them may not see it.
UNWIND $ids AS id
MATCH (o:Entity {id: id})<-[:ACTS_ON|ARISES_FROM|MEASURES|ABOUT|SET_UP_UNDER|POST_AT|TO_POST]-(e:Entity)
WHERE e:Event OR e:Commitment OR e:Metric OR e:Statement OR e:Body OR e:Post OR e:Appointment
RETURN e.id AS id, o.id AS on
