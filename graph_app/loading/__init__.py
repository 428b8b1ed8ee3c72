"""Loads as a service for pages: the only part of the web application that reaches the loaders, and through them writes.

* ``desk``      what a person can do: send files, plan, plan again, apply, take back, mend, finish what was cut off
* ``drafts``    a plan on its way: what was asked, what was found, how far it is; in a folder that outlives the process
* ``processes`` which process works on a draft, and whether it still does
* ``operator``  who sits at this machine
* ``finding``   the plan that a draft asks for, by the loaders
* ``work``      the threads that plan and write, and how far they are
* ``planned``   the plan of a draft, with what moved since
* ``steps``     changes grouped by entity, filtered and paged
* ``history``   the runs that were applied, counted
* ``sweeping``  plans and files taken away after some days of rest
* ``rejected``  rejected rows as CSV, and mended rows as files again
"""
