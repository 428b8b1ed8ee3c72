"""What the shape of a picture says: who has many ties, stands between others, is near to all, and who belongs together.

Everything here speaks of what is drawn and of nothing else, and says how much of it hangs on single ties.
"""
