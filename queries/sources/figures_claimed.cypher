// title: {en: Figures claimed, fa: ارقام ادعایی}
// about:
//   en: Every figure that a source claims, next to what it counts; figures of different scope stand side by side and are never added.
//   fa: همهٔ ارقامی که منابع ادعا کرده‌اند، کنار آنچه می‌شمارند؛ ارقام با دامنهٔ متفاوت کنار هم می‌آیند و هرگز جمع نمی‌شوند.
// params:
//   source: {type: entity, of: [Source], required: no, label: {en: Source, fa: منبع}}
// view: table
// limits: {rows: 500, seconds: 10}
// tags: [figures]
// columns:
//   figure: {en: Figure, fa: رقم}
//   scope: {en: About, fa: دربارهٔ}
//   group_size: {en: Size of the group, fa: شمار گروه}
//   sources: {en: Sources, fa: منابع}
// example: {source: "source:src-002-hawzah"}
MATCH (figure:Metric)
OPTIONAL MATCH (figure)-[measures:MEASURES WHERE coalesce(measures.rank, '') <> 'deprecated']->(scope:Entity)
OPTIONAL MATCH (figure)-[claim:EVIDENCED_BY WHERE coalesce(claim.rank, '') <> 'deprecated']->(source:Source)
WITH figure, head(collect(scope)) AS scope, min(claim.source_line) AS source_line, collect(DISTINCT source) AS sources
WHERE $source IS NULL
  OR $source IN [s IN sources | s.id]
RETURN figure, figure.operator AS operator, figure.value AS value, figure.unit_fa AS unit_fa, scope,
  scope.group_size AS group_size, figure.as_of_written AS as_of, sources, source_line
ORDER BY sources[0].id, source_line, figure.id
