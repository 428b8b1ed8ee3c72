// A write that makes something.
CREATE (n:PeyvandCanary)
RETURN n
