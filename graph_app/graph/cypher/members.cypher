// Where the members of a cluster are reached that hold this database; a single server names itself.
CALL dbms.routing.getRoutingTable({}, $database) YIELD servers
UNWIND servers AS server
RETURN server.addresses AS addresses
