"""Turns errors that New Course raises on purpose into messages and exit codes; never a traceback for one of them."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from newcourse.cli.output import complain
from newcourse.errors import NewCourseError

P = ParamSpec("P")

EXIT_CODES = """\
Exit codes: 0 all is well · 1 the input is wrong · 2 the command line or a database cannot be used · \
3 not allowed by the statutes · 4 commitments that cannot hold together · 5 no certified answer · \
6 the record was tampered with."""
"""What a program ends with, as the help tells it; the numbers are those of :mod:`newcourse.errors`."""


def answering(command: Callable[P, None]) -> Callable[P, None]:
    """Return the command so that errors are told as the option ``as_json`` asks and end with their exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except NewCourseError as error:
            complain(error, as_json=bool(kwargs.get("as_json")))
            raise typer.Exit(error.exit_code) from None

    return run
