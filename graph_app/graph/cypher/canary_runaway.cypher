// More rows than anybody can wait for.
UNWIND range(1, 1000000) AS a
UNWIND range(1, 1000000) AS b
RETURN sum(a * b) AS sum
