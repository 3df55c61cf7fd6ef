"""What the written pages point to exists: files, commands, options, tests with names of their own."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.project import MADE, ROOT, text_files

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CALL = re.compile(r"^(?:\$ |\.venv/bin/)?(newcourse(?: .*)?)$")
FENCE = re.compile(r"^```(?:console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [path for path in text_files() if path.suffix == ".md"]
WRITTEN = [path for path in PAGES if not path.read_text(encoding="utf-8").startswith("<!-- Made by")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_to_a_file_finds_it(page: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    missing = [target for target in local if not (page.parent / target).exists() and "api/" not in target]
    assert missing == []


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_command_shown_exists(page: Path) -> None:
    blocks = "\n".join(FENCE.findall(page.read_text(encoding="utf-8")))
    calls = [
        match[1] for line in blocks.splitlines() for part in line.split("&&") if (match := CALL.match(part.strip()))
    ]
    assert [fault for call in calls for fault in faults(call.split()[1:])] == []


def faults(words: list[str]) -> list[str]:
    """Return what is wrong with the command and the options that a page shows."""
    import typer

    from newcourse.cli.app import app

    command = typer.main.get_command(app)
    rest = list(words)
    while rest and getattr(command, "commands", {}):
        word = rest.pop(0)
        if word not in command.commands:
            return [f"no command {word!r} in {' '.join(words)!r}"]
        command = command.commands[word]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }
    options = [word.partition("=")[0] for word in rest if re.match(r"--?[A-Za-z]", word)]
    return [f"no option {option!r} in {' '.join(words)!r}" for option in options if option not in known]


def test_no_two_test_files_share_a_name() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py") if not MADE & set(path.parts))
    assert [name for name, times in names.items() if times > 1] == []
