"""Transitions between scores of Polity 5, -10 to 10, in all countries from 1800 to 2018, as Klimm 2022 counted them.

F. Klimm, *Royal Society Open Science* 9 (2022) 221131 (CC BY 4.0), figure 2; the counts are those that his published
posterior means, (count + 1/21)/(row + 1), are made of (github.com/floklimm/democracyMarkovChain,
results/transitionBayesAllCountries.csv). Interruptions (-66, -77, -88) are left out by him.
"""

import numpy as np

_COUNTED = """
1303 14 3 6 3 1 2 1 0 0 2 0 0 0 0 0 0 0 0 0 0
2 1071 22 9 10 2 7 1 2 0 6 1 4 1 1 1 2 0 1 0 2
5 15 456 19 5 2 1 1 0 3 5 0 1 0 0 1 0 0 2 0 0
4 11 12 1690 36 15 14 5 7 5 5 5 4 2 1 0 2 2 0 1 0
2 5 5 26 1228 14 10 17 7 7 5 4 0 1 1 6 3 1 0 0 1
0 4 2 10 8 530 12 5 3 6 4 2 4 2 4 2 2 2 1 1 0
1 2 1 8 12 4 696 16 6 8 8 5 2 1 3 3 0 0 2 0 0
0 5 4 7 14 9 16 1092 10 9 10 5 5 3 3 4 1 2 0 0 0
0 0 0 4 2 3 3 6 218 9 3 1 7 4 1 2 0 1 1 1 2
0 2 1 1 2 4 2 7 6 460 7 7 3 3 8 4 4 1 2 1 0
1 2 1 8 2 5 3 10 6 5 309 6 6 5 9 6 5 3 3 0 0
0 0 0 2 5 2 1 8 0 0 3 439 6 6 6 4 4 2 3 1 1
1 5 1 2 2 0 2 3 2 2 4 1 299 7 4 9 2 2 1 1 0
0 1 0 3 0 0 1 3 1 1 8 3 0 235 3 9 7 3 1 1 0
1 0 0 6 0 3 1 2 1 0 4 6 1 2 606 12 6 7 3 5 2
0 1 1 4 3 2 1 4 0 4 4 0 3 4 4 427 21 10 7 1 1
0 3 0 4 3 0 0 3 0 3 0 4 1 0 3 11 487 21 12 2 0
0 1 0 6 1 0 0 1 0 0 4 1 1 1 3 2 6 482 22 10 1
0 0 1 4 0 0 1 3 2 1 4 0 0 1 1 0 3 10 713 21 11
0 0 0 0 0 2 0 1 0 0 0 0 0 1 0 0 3 2 6 597 20
0 0 0 0 0 0 0 0 0 0 0 1 0 0 1 0 1 1 6 5 2340
"""

COUNTS = np.array([row.split() for row in _COUNTED.split("\n") if row], dtype=float)
