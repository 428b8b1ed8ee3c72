"""What state an agreement is in on any day, derived from the dated acts on it. Pure: no database, no clock.

* ``acts``     what sources record: signatures, extensions, suspensions, closing acts, dates, terms, asserted words
* ``terms``    how long it lasts: read from words, counted in the calendar of its dates
* ``classes``  the kind of its term, and the class of a twinning
* ``rules``    the numbers that an office may choose
* ``settling`` of several reports of one act the one that is displayed, and that they differ
* ``parting`` parties that leave by themselves
* ``copies``   which text each side holds, and whether it is the one that was approved
* ``case``     the acts of one agreement, sorted by what they do
* ``validity`` from when it is in effect and when it ends
* ``standing`` the status on one day, with the rule and the acts behind it
* ``flags``    what to know beside it: flags, the review, the implementation
* ``periods``  all days, as few periods in which nothing changes; what the graph stores

A date may be incomplete, so every rule says *certainly*, *possibly* or *not*. The statuses that are possible on a day
are its candidates; where there are several, none of them is asserted.
"""

from graph_app.lifecycle.acts import Act, History, Moment
from graph_app.lifecycle.periods import Period, look_up, periods
from graph_app.lifecycle.rules import Rules
from graph_app.lifecycle.standing import Standing, standing_on
from graph_app.lifecycle.terms import Term, read_term

__all__ = [
    "Act",
    "History",
    "Moment",
    "Period",
    "Rules",
    "Standing",
    "Term",
    "look_up",
    "periods",
    "read_term",
    "standing_on",
]
