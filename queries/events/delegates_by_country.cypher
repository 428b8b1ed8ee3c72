// title: {en: "Who takes part, by country", fa: شرکت‌کنندگان به تفکیک کشور}
// about:
//   en: Who takes part in an event, held or planned, by the country that they represent or come from.
//   fa: شرکت‌کنندگان یک رویداد، برگزارشده یا در برنامه، به تفکیک کشوری که نمایندهٔ آن یا اهل آن‌اند.
// params:
//   event: {type: entity, of: [Event], label: {en: Event, fa: رویداد}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events, international]
// columns:
//   country: {en: Country, fa: کشور}
//   participants: {en: Participants, fa: شرکت‌کنندگان}
// example: {event: "event:evt-nation-rights-conference"}
MATCH (who:Entity)-[part:TOOK_PART_IN]->(:Entity:Event {id: $event})
WHERE NOT who:Country
OPTIONAL MATCH (who)-[:ON_BEHALF_OF]->(represented:Country)
OPTIONAL MATCH (home:Entity:Country {iso_country: who.iso_country})
WITH coalesce(represented, home) AS country, who
RETURN country, collect(DISTINCT who) AS participants
ORDER BY country.id
