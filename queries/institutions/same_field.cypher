// title: {en: Institutions of two countries in the same field, fa: نهادهای هم‌حوزه در دو کشور}
// about:
//   en: Institutions of both countries that took part in events, or are parties to agreements, on the same topic.
//   fa: نهادهای دو کشور که در رویدادها یا اسنادی با موضوع یکسان حضور دارند.
// params:
//   a: {type: entity, of: [Country], label: {en: First country, fa: کشور نخست}}
//   b: {type: entity, of: [Country], label: {en: Second country, fa: کشور دوم}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [international]
// columns:
//   topic: {en: Topic, fa: موضوع}
//   of_a: {en: Of the first, fa: از کشور نخست}
//   of_b: {en: Of the second, fa: از کشور دوم}
// example: {a: "place:iran", b: "place:kazakhstan"}
MATCH (a:Entity:Country {id: $a})
MATCH (b:Entity:Country {id: $b})
MATCH (topic:Topic)
WITH a, b, topic, COLLECT {
    MATCH (topic)<-[:ABOUT]-(:Event|Agreement)<-[:TOOK_PART_IN|PARTY_TO]-(i:Institution {iso_country: a.iso_country}) RETURN DISTINCT i ORDER BY i.id
    UNION
    MATCH (topic)<-[:ABOUT]-(:Event)<-[:TOOK_PART_IN]-(:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(i:Institution {iso_country: a.iso_country}) RETURN DISTINCT i ORDER BY i.id
  } AS of_a, COLLECT {
    MATCH (topic)<-[:ABOUT]-(:Event|Agreement)<-[:TOOK_PART_IN|PARTY_TO]-(i:Institution {iso_country: b.iso_country}) RETURN DISTINCT i ORDER BY i.id
    UNION
    MATCH (topic)<-[:ABOUT]-(:Event)<-[:TOOK_PART_IN]-(:Person)<-[:APPOINTS]-(:Appointment)-[:TO_POST]->(:Post)-[:POST_AT]->(i:Institution {iso_country: b.iso_country}) RETURN DISTINCT i ORDER BY i.id
  } AS of_b
WHERE size(of_a) > 0 AND size(of_b) > 0
RETURN topic, of_a, of_b
ORDER BY topic.id
