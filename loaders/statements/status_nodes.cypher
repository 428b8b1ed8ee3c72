// Make the nodes of statuses that periods lead to.
UNWIND $rows AS row
MERGE (:Status {id: row.id})
