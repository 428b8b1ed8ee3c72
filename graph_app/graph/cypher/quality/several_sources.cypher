// The types of ties that more than one source states: only they can be contradicted. TYPE is put in, once per type.
CALL () {
  MATCH ()-[tie:TYPE]->()
  WHERE tie.source IS NOT NULL
  WITH DISTINCT tie.source AS source
  LIMIT 2
  RETURN 'TYPE' AS type, count(source) AS sources
}
WITH type, sources
WHERE sources > 1
RETURN type
ORDER BY type
