"""What is due, who is done with it, what people say of it and who takes it.

* ``due``       what is due by a day, each under a key that stays the same
* ``settled``   what somebody is done with, and what they were told by mail or post
* ``comments``  what people say of an entity or of a reminder
* ``takers``    who takes which item
"""
