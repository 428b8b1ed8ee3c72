// What tells one content of this graph from another: its key, how many loads it had, whether one is at work, how much it
// holds, and which steps of confidentiality there are. The counts come from the server's statistics; what is changed by
// hand without changing them is not seen.
MATCH (s:Sync)
RETURN s.graph AS graph, coalesce(s.serial, 0) AS serial, s.running AS running,
  COUNT { MATCH () } AS nodes, COUNT { MATCH ()-->() } AS ties,
  [step IN $steps WHERE EXISTS { (:Entity {secrecy: step}) }] AS steps
LIMIT 1
