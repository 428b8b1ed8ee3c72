// What speaks for giving an agreement priority: its active bodies, its events of late, what stands under it, what was promised and kept.
UNWIND $ids AS id
MATCH (a:Entity:Agreement {id: id})
RETURN id,
  COUNT { MATCH (a)<-[:SET_UP_UNDER]-(b:Body) WHERE b.status = 'activated' } AS bodies,
  COUNT {
    MATCH (a)<-[:ACTS_ON|ABOUT]-(e:Event)
    WHERE coalesce(e.status, 'held') = 'held' AND $since < e.date_latest <= $as_of
  } AS events,
  COUNT { (a)<-[:UNDER_UMBRELLA]-(:Agreement) } AS subagreements,
  COUNT { (a)<-[:ARISES_FROM]-(:Commitment) } AS promised,
  COUNT { MATCH (a)<-[:ARISES_FROM]-(c:Commitment) WHERE c.status = 'fulfilled' } AS kept
