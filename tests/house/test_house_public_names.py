"""``import newcourse as nc`` offers exactly the names it lists."""

import inspect
import subprocess
import sys

import pytest

import newcourse


def test_every_listed_name_is_there_and_described() -> None:
    assert newcourse.__all__
    silent = [
        name for name in newcourse.__all__ if not name.startswith("__") and not inspect.getdoc(getattr(newcourse, name))
    ]
    assert silent == []


def test_list_is_sorted_and_without_repeats() -> None:
    assert list(newcourse.__all__) == sorted(set(newcourse.__all__))


def test_nothing_else_is_offered() -> None:
    assert {name for name in dir(newcourse) if not name.startswith("_")} == set(newcourse.__all__)


def test_what_is_not_listed_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'forecast'"):
        _ = newcourse.forecast


def test_star_import_works_in_a_fresh_interpreter() -> None:
    code = "from newcourse import *; import newcourse; print(all(name in globals() for name in newcourse.__all__))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
