// title: {en: Trip report, fa: گزارش سفر}
// about:
//   en: For each visit, the agreements that it led to or was about, the umbrella of each, and with whom.
//   fa: برای هر سفر، اسنادی که حاصل یا موضوع آن بوده است، سند کلان هر کدام، و طرف‌های آن.
// params:
//   trip: {type: entity, of: [Event], required: no, label: {en: Trip, fa: سفر}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [events]
// columns:
//   trip: {en: Trip, fa: سفر}
//   places: {en: Where, fa: کجا}
//   agreement: {en: Agreement, fa: سند}
//   umbrellas: {en: Umbrellas, fa: اسناد کلان}
//   parties: {en: With, fa: با}
// example: {trip: "event:evt-hawza-trip-fars"}
MATCH (trip:Event {kind: 'visit'})-[:ABOUT|ACTS_ON]->(agreement:Agreement)
WHERE $trip IS NULL OR trip.id = $trip
RETURN DISTINCT trip, COLLECT { MATCH (trip)-[:HELD_IN]->(p:Place) RETURN DISTINCT p ORDER BY p.id } AS places, agreement,
  coalesce(agreement.is_group, FALSE) AS is_group,
  COLLECT { MATCH (agreement)-[:UNDER_UMBRELLA]->(u:Agreement) RETURN DISTINCT u ORDER BY u.id } AS umbrellas,
  COLLECT { MATCH (p:Entity)-[:PARTY_TO {role: 'counterpart'}]->(agreement) RETURN DISTINCT p ORDER BY p.id } AS parties
ORDER BY trip.id, agreement.id
