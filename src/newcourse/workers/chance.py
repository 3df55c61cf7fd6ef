"""Chance for pieces of work: one stream each, the same whoever works it out."""

from numpy.random import SeedSequence


def seeds(seed: int, number: int) -> tuple[SeedSequence, ...]:
    """Return a seed for each piece, from which streams of chance come that are independent of each other.

    The first seeds are the same however many are asked for, so an ensemble can be enlarged without doing it again.

    Parameters
    ----------
    seed
        One number that the whole work follows from.
    number
        How many pieces there are.

    Returns
    -------
    tuple
        What ``numpy.random.default_rng`` takes, in the order of the pieces (``SeedSequence.spawn``; M. E. O'Neill,
        "Developing a seed_seq alternative", 2015, is where its mixing comes from).

    Examples
    --------
    >>> import numpy as np
    >>> few, many = seeds(1917, 2), seeds(1917, 5)
    >>> bool(np.random.default_rng(few[1]).random() == np.random.default_rng(many[1]).random())
    True
    """
    return tuple(SeedSequence(seed).spawn(number))
