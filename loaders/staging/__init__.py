"""The plan of a first load, made by way of files, so that what is held in memory does not grow with the exports.

The rows are compiled in shares, by several processes, and what they claim is put away in parts: all that is claimed of
one thing goes into one part. Each part is then folded on its own, into the files of the import tool and the rows of the
ledger. Rows that speak of what nobody defines, or contradict each other, are found part by part too; they are few, are
read once more, and are rejected as any plan would reject them.
"""
