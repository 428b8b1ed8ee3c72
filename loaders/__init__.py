"""Exports to graph: read, map, plan, apply.

* ``reading``   a file, CSV, TSV or XLSX, as rows with their physical line numbers, and how it was read
* ``mapping``   the YAML file that says what an export means; ``column_rules`` its part about columns
* ``heading``   the header of a file, matched with the columns of its mapping
* ``columns``   cells as typed values
* ``facts``     claims about entities and ties, and rejects, as plain values
* ``compiling`` a row as facts, or as a reject with its reason
* ``gathering`` the facts of all rows, each once
* ``folding``   all claims about one entity as the one entity that the graph shows
* ``current``   what the graph holds now
* ``planning``  the difference between the two, as a ``plan``
* ``unchanged``  files that changed nothing before: told by a glance at the ledger, without comparing
* ``promise``   a plan with what it rests on; ``filing`` keeps it in a file
* ``applying``  the difference, written
* ``running``   one writer at a time, the ``ledger`` first, then the graph; ``syncing``: the node that ties the two
* ``conflicts`` what a hand changed since it was loaded: shown, not overwritten
* ``undoing``   a run taken back, by ``comparing`` what it wrote with what the graph holds
* ``entries``   changes and rejects as JSON, with exact ``images`` of values
* ``deriving``  what follows from the facts: sister-city ties
* ``lifecycles`` what follows from the acts: the periods in which agreements had a status
* ``digest``    one line that is equal exactly when two graphs hold the same facts
* ``duplicates`` which entities may be one thing, for a person to decide
* ``reviewing`` a decision, checked, carried out and taken back; ``decisions`` keeps it, ``decision_text`` writes it
* ``merging``   two entities made one and taken apart; ``aliases`` has what was merged, ``merged`` what folding adds
"""
