// Give ties of TYPE their empty lists, which the import tool leaves out.
MATCH ()-[r:TYPE]->()
WHERE any(name IN $names WHERE r[name] IS NULL)
CALL (r) {
  UNWIND $names AS name
  WITH r, name
  WHERE r[name] IS NULL
  SET r[name] = []
} IN TRANSACTIONS OF 20000 ROWS
