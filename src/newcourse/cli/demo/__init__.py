"""The whole planning cycle on an example federation: real figures, synthetic people, nothing done but by acts.

- :mod:`newcourse.cli.demo.scenario`: what a demonstration is made of.
- :mod:`newcourse.cli.demo.sweden`, :mod:`newcourse.cli.demo.world`: its two federations.
- :mod:`newcourse.cli.demo.people`, :mod:`newcourse.cli.demo.ballots`: synthetic people and how they vote.
- :mod:`newcourse.cli.demo.story`: the acts in their order.
- :mod:`newcourse.cli.demo.account`: what came of it, in words and numbers.
"""
