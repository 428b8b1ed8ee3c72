// End the transactions with this tag; how many there still were.
SHOW TRANSACTIONS
YIELD transactionId AS id, metaData
WHERE metaData.peyvand = $tag
TERMINATE TRANSACTIONS id
YIELD message
RETURN count(message) AS found
