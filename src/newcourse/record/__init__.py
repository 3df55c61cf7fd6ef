"""Facts in order, each with who, when and the hash of the one before; nothing is ever changed (design §3, §8.3).

The record is the only source of truth: what a federation is at any moment follows from its entries, read in order.

- :mod:`newcourse.record.canonical`: one way to write a value as bytes, and its hash.
- :mod:`newcourse.record.entry`: one fact, sealed.
- :mod:`newcourse.record.verify`: names every fault of a chain; needs no database.
- :mod:`newcourse.record.store`: the record on SQLite or PostgreSQL.
- :mod:`newcourse.record.exchange`: the record as files that anyone can verify; :mod:`newcourse.record.bundle`, as one.
- :mod:`newcourse.record.merkle`: the tree of hashes over the entries, and its proofs.
- :mod:`newcourse.record.checkpoint`: its size and root as a signed note; :mod:`newcourse.record.signed` keeps them.
- :mod:`newcourse.record.box` and :mod:`newcourse.record.vault`: what is not public: secret ballots before they are
  published, and private keys.
- :mod:`newcourse.record.soundness`: finds any edit by hand, in any table.
"""
