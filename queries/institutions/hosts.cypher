// title: {en: Chain of hosts of a body, fa: زنجیرهٔ میزبان‌های یک رکن}
// about:
//   en: Of what a committee, department or directorate is a part, up to the top.
//   fa: یک کمیته، اداره یا ادارهٔ کل بخشی از کجاست، تا بالاترین سطح.
// params:
//   institution: {type: entity, of: [Institution], label: {en: Institution or body, fa: نهاد یا رکن}}
// view: network
// limits: {rows: 50, seconds: 10}
// tags: [bodies, network]
// example: {institution: "institution:mashhad-specialised-committee"}
MATCH chain = (:Entity {id: $institution})
  (()-[part_of:PART_OF WHERE coalesce(part_of.rank, '') <> 'deprecated']->()){0,8} (:Institution)
RETURN chain
ORDER BY length(chain)
