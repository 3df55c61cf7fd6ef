"""Help that helps: every command says what it does with examples, and answers at once."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from newcourse import errors
from newcourse.cli.app import app
from tests.cli.conftest import Run

ROOT = typer.main.get_command(app)


def commands(command: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    children = getattr(command, "commands", {})
    for name in children:
        yield from commands(children[name], (*path, name))
    if not children:
        yield path


def command_at(path: tuple[str, ...]) -> Any:
    found: Any = ROOT
    for name in path:
        found = found.commands[name]
    return found


def test_every_command_of_the_design_is_there() -> None:
    assert {" ".join(path) for path in commands()} == {
        "act", "check", "compare", "content", "cost", "demo", "explain", "futures", "import", "lab codings",
        "lab compare", "lab data", "lab hypotheses", "lab run", "lab scenarios", "lab sensitivity", "lab words",
        "market join", "market mix", "market scissors", "old-plan", "pace", "people erase", "people export",
        "people invite", "people link", "people list", "picture", "plan", "prices", "projects", "record checkpoint",
        "record export", "record prove", "record show", "record verify", "record witness", "replan", "robust", "serve",
        "statutes check", "statutes show", "trade", "variants", "verify", "vote convert", "vote count",
        "vote countback", "vote rules", "what-if", "worker", "years",
    }  # fmt: skip


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_help_shows_an_example_and_explains_each_parameter(run: Run, path: tuple[str, ...]) -> None:
    command = command_at(path)
    assert f"newcourse {' '.join(path)}" in command.help
    assert all(parameter.help for parameter in command.params)
    assert "Usage" in run(*path, "--help").stdout


@pytest.mark.parametrize("path", [p for p in commands() if p not in {("serve",), ("worker",)}], ids=" ".join)
def test_every_command_that_ends_gives_data_to_programs(path: tuple[str, ...]) -> None:
    assert "--json" in {name for parameter in command_at(path).params for name in parameter.opts}


def test_help_without_a_command_names_the_exit_codes_of_all_errors(run: Run) -> None:
    told = " ".join(run("--help").stdout.split())
    every = [errors.NewCourseError, *errors.NewCourseError.__subclasses__()]
    kinds = [kind for kind in every if kind.__module__ == errors.__name__]
    assert all(f"{kind.exit_code} " in told.split("Exit codes:")[1] for kind in kinds)


def test_version_is_that_of_the_package(run: Run) -> None:
    import newcourse

    assert run("--version").stdout.split() == ["newcourse", newcourse.__version__]


def test_help_needs_none_of_the_heavy_parts() -> None:
    code = (
        "import sys; from newcourse.cli import main; sys.argv = ['newcourse', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'pandas', 'scipy', 'sqlalchemy', 'altair', 'fastapi', 'pymrio'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"


def test_a_command_that_is_none_ends_with_two(run: Run) -> None:
    assert "No such command" in run("plot", code=2).stderr
