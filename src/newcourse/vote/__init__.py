"""From ballots to an outcome with the trace of its count: pure, exact, one file per rule (design §8.1).

Ballots are in :mod:`newcourse.vote.ballot`, all votes together in :mod:`newcourse.vote.profile`, and the one door
through which votes are counted is :func:`newcourse.vote.rule.count`.
"""
