"""What people record in the app: each edit is a small export of its own, loaded like any other.

Its source is the person and the document they cite, so that an edit is a claim beside the loaded ones: in the ledger,
with history and a way back, and no later sync overwrites it.

* ``fields``   the fields of forms, and how what was typed is read
* ``kinds``    what can be recorded, of what, with which fields
* ``around``   what a form about an entity offers to choose from
* ``rows``     an edit as rows of the mapping ``edits``
* ``files``    these rows as files
* ``records``  what was recorded, by whom and why, as the application database keeps it
* ``desk``     recording: look at the plan, write it, take it back
"""
