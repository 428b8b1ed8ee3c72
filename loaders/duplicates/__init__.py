"""Which entities may be one thing: found and explained for a person to decide, never merged by a score.

* ``entity``    one entity as the matcher sees it
* ``sound``     what a word sounds like in either script
* ``name``      a name taken apart: words, meanings, numbers, weights
* ``blocking``  which names are worth comparing
* ``comparing`` how two names fit
* ``context``   what else speaks for and against
* ``matching``  entities to candidate pairs
* ``wording``   the reasons as sentences
* ``holdings``  the entities and the decisions of the graph
* ``queue``     the pairs that wait for a person
* ``grounds``   what a decision rests on
* ``sides``     two records side by side
"""
