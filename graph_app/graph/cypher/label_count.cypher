// How many entities have a label. LABEL is put in from the vocabulary, once per label.
MATCH (e:LABEL)
RETURN 'LABEL' AS label, count(e) AS count
