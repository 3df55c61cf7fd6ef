"""Independent pieces of work spread over this process, over worker processes, or over a cluster (design §3, §10).

:func:`~newcourse.workers.spreading.spread` runs one function on many pieces and gives the same results in the same
order wherever they were worked out. Chance comes with the pieces (:func:`~newcourse.workers.chance.seeds`), never from
the worker, so a result does not depend on how many workers there were or who of them was quick.
"""
