"""Telling people what was found in what they watch: a feed, e-mail, webhooks.

* ``channels``  the ways in which people are told, and which watch through which
* ``outbox``    what waits to be sent; taken by one at a time, tried again
* ``sending``   sending it
* ``courier``   looking and sending, beside the app or from the command line
* ``digest``    findings in words
* ``mail``      mail over SMTP
* ``hooks``     signed posts; ``dialling`` lets them go only where they may
* ``feed``      the Atom feed
"""
