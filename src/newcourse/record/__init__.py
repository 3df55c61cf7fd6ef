"""Facts in order, each with who, when and the hash of the one before; nothing is ever changed (design §3, §8.3).

The record is the only source of truth: what a federation is at any moment follows from its entries, read in order.

- :mod:`newcourse.record.canonical`: one way to write a value as bytes, and its hash.
- :mod:`newcourse.record.entry`: one fact, sealed.
- :mod:`newcourse.record.verify`: names every fault of a chain; needs no database.
- :mod:`newcourse.record.store`: the record on SQLite or PostgreSQL.
- :mod:`newcourse.record.exchange`: the record as files that anyone can verify.
"""
