// How confidential the most confidential thing is that there is for the reader; nothing if all is public.
MATCH (e:Entity)
WHERE e.secrecy IS NOT NULL
RETURN max(e.secrecy) AS level
