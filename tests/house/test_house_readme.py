"""The README promises two commands; the check of the project runs those and no others."""

import pytest

from tests.house.project import ROOT, script

COMMANDS = script("readme_command")["commands"]
README = ROOT / "README.md"


def test_first_command_installs_and_runs_the_main_job() -> None:
    first, _ = COMMANDS(README.read_text(encoding="utf-8"))
    assert "-c constraints.txt" in first
    assert first.endswith("newcourse demo")


def test_second_command_installs_what_the_tests_need_and_passes_them() -> None:
    _, second = COMMANDS(README.read_text(encoding="utf-8"))
    install, tests = second.rsplit("&&", 1)
    assert "-c constraints.txt" in install
    assert "[test]" in install
    assert "pytest" in tests


def test_a_readme_without_exactly_two_commands_is_refused() -> None:
    block = "```sh\nmake plan\n```\n"
    assert COMMANDS(block + "text\n" + block) == ["make plan", "make plan"]
    with pytest.raises(ValueError, match="1 blocks tagged sh, expected 2"):
        COMMANDS(block)


def test_check_runs_the_readme_and_not_a_copy_of_it() -> None:
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "scripts/readme_command.py 1" in check
    assert "scripts/readme_command.py 2" in check
    assert "pip install" not in check
