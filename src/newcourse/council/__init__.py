"""Who may do what, when, under which article; and what a federation is at any moment (design §3, §4, §8.2).

- :mod:`newcourse.council.statutes`: the federation's own law, as data that check themselves.
- :mod:`newcourse.council.default_statutes`: a law to begin with.
- :mod:`newcourse.council.state`: what a federation is; nothing but what its record says.
- :mod:`newcourse.council.fold`: from the record's entries to the state, one small function per act.
- :mod:`newcourse.council.authority`: whether somebody may do an act, always with the article and the reason.
- :mod:`newcourse.council.freeze`: what is fixed and hashed when a vote is opened.
"""
