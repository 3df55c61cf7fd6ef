"""Small classical models whose answers are known: what a larger claim has to beat (design §11.1, §11.2).

Smooth drift and the fold catastrophe (:mod:`~newcourse.formations.classical.fold`) are rivals of change by leaps,
epidemics and adoption of spread from country to country, ants of every reading of a lone swing.
"""
