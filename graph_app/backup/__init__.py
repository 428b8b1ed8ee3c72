"""Backups: one file with the graph, the application database, what people attached and wrote, and digests of it all.

``making`` writes one while the app goes on, ``archive`` and ``manifest`` say how it is built and read it without trust,
``restoring`` puts one back and proves it. ``picture`` and ``tables`` read and write what it holds.
"""
