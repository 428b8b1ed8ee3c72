"""The performance table: ``make bench`` measures Peyvand beside what it is compared with, and writes the result down.

Each row is a pair, ours and its peer, measured in turns in one run, so that what the machine does besides hits both.
Each section of the table is a module with ``rows(bench)``; ``__main__`` lists them.
"""
