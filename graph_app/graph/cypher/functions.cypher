// All functions of the server, and whether it brought them itself.
SHOW FUNCTIONS
YIELD name, isBuiltIn
RETURN toLower(name) AS name, isBuiltIn AS ours
