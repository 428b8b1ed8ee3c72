// title: {en: Chronology of an agreement or plan, fa: گاه‌شمار یک سند یا طرح}
// about:
//   en: Every recorded act, meeting and letter about it in order, and what is planned.
//   fa: همهٔ اقدام‌ها، جلسه‌ها و نامه‌های ثبت‌شده دربارهٔ آن به ترتیب، و آنچه در برنامه است.
// params:
//   agreement: {type: entity, of: [Agreement], label: {en: Agreement or plan, fa: سند یا طرح}}
// view: table
// tags: [history]
// columns:
//   event: {en: Event, fa: رویداد}
//   effects: {en: Effect, fa: اثر, shows: action}
//   outcome: {en: Outcome, fa: نتیجه}
// example: {agreement: "agreement:plan-mashhad-sanaa-gaza-sister-city"}
MATCH (:Entity {id: $agreement})<-[act:ACTS_ON|ABOUT WHERE coalesce(act.rank, '') <> 'deprecated']-(event:Event)
WITH event, collect(DISTINCT act.action) AS effects, min(act.source_line) AS source_line
RETURN event, event.kind AS kind, event.status AS status, event.date_written AS date, effects,
  event.outcome_fa AS outcome, source_line
ORDER BY coalesce(event.status, '') = 'planned', event.date_earliest, event.sequence, source_line, event.id
