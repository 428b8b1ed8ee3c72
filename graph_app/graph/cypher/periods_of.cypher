// All periods of one agreement, in order.
MATCH (:Entity {id: $id})-[h:HAD_STATUS]->(:Status)
RETURN h {.*} AS period
ORDER BY h.from
