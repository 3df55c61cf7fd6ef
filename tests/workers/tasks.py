"""Tasks that another process can be given: functions at the top of a module."""

import os
import time

import numpy as np
from numpy.random import SeedSequence

from newcourse.errors import BadInput, Fault


def walk(seed: SeedSequence) -> float:
    return float(np.random.default_rng(seed).standard_normal(100).sum())


def square(number: int) -> int:
    return number * number


def refuse_three(number: int) -> int:
    if number == 3:
        raise BadInput(Fault("three", "the number", "3", "another number", "give another"))
    return number


def divide(number: int) -> float:
    return 1 / number


def die(number: int) -> int:
    os._exit(number)


def threads(_: int) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


def slowly(number: int) -> int:
    time.sleep(0.05)
    return number
