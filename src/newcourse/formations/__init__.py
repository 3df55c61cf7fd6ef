"""How social formations may move: states, hypotheses, laws of motion and their likelihoods (design §11).

Nothing here claims that societies obey these laws. Each law is a hypothesis that can be switched off, and stands
beside its rivals. A :class:`~newcourse.formations.spaces.Space` says which formations there are, a
:class:`~newcourse.formations.worlds.Setting` what the countries are like in a period, a
:class:`~newcourse.formations.models.Model` which hypotheses hold and how strongly; together they give a
:class:`~newcourse.formations.law.Law`, which the engines in :mod:`newcourse.formations.engines` run.
"""
