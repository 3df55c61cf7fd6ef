"""The examples that come with New Course, found in an installation and in a checkout alike."""

from importlib.resources import files
from pathlib import Path

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.sources.folder import read_folder
from newcourse.sources.package import DESCRIPTOR


def example_names() -> list[str]:
    """Return the names of the examples that are here."""
    return sorted({path.name for root in _roots() for path in root.iterdir() if (path / DESCRIPTOR).is_file()})


def example_folder(name: str) -> Path:
    """Return the folder of an example.

    Raises
    ------
    BadInput
        If there is no such example.
    """
    known = example_names()
    if name in known:
        return next(root / name for root in _roots() if (root / name / DESCRIPTOR).is_file())
    raise BadInput(
        Fault("example-unknown", f"example {name!r}", "no such example", ", ".join(known), "give one of these")
    )


def read_example(name: str) -> Economy:
    """Return the economy of an example.

    >>> read_example("sweden").about.title
    'Sweden 2008'
    """
    return read_folder(example_folder(name))


def _roots() -> list[Path]:
    """Return where examples lie: inside the package when installed, at the top of the repository in a checkout."""
    package = Path(str(files("newcourse")))
    return [root for root in (package / "examples", package.parents[1] / "examples") if root.is_dir()]
