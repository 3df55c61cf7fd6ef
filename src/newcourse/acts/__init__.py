"""What a person may do: one file per act, all through one door (design §3, §4).

- :func:`newcourse.acts.door.perform` does an act: it checks authority, calls the rooms and writes the record, in one
  transaction.
- :class:`newcourse.acts.federation.Federation` reads what a federation is.
- :data:`newcourse.acts.registry.ACTS` lists the acts there are.
"""
