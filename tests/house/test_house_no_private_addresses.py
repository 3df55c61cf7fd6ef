"""Nothing in the project is tied to the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.house.project import ROOT, text_files

# Each pattern is put together from parts, so that this file is not its own first offender.
PATTERNS = {
    "a path of one machine": r"(?<![\w.~:/-])/(?:"
    + "|".join(("wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers"))
    + r")/",
    "an environment of one machine": r"/tm" + r"p/(?:env|w|pinenv)\b",
    "an address of a package index": r"py" + r"pi\.org/simple|files\.python" + r"hosted|/sim" + r"ple/?\s",
    "an option that names an index": r"--(?:extra-)?in" + r"dex-url|--find-" + r"links|--trusted-" + r"host",
    "an address of a local file": r"fi" + r"le:///",
    "a tool of the workplace": r"\bfa" + r"rm-(?:bench|studio|\*)|\bissu" + r"es (?:show|list|close)\b",
}


@pytest.mark.parametrize("kind", PATTERNS)
def test_no_file_names_one_machine(kind: str) -> None:
    pattern = re.compile(PATTERNS[kind])
    paths = list(text_files())
    assert paths
    assert [hit for path in paths for hit in hits(path, pattern)] == []


def hits(path: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{path.relative_to(ROOT)}:{n}: {line[:100]}" for n, line in enumerate(lines, 1) if pattern.search(line)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a path of one machine", "open('/ho" + "me/me/x')"),
        ("an option that names an index", "pip install --in" + "dex-url x"),
        ("an address of a local file", "see fi" + "le:///x"),
    ],
)
def test_the_patterns_find_what_they_are_for(kind: str, text: str) -> None:
    assert re.search(PATTERNS[kind], text)


def test_ordinary_paths_and_words_are_no_offence() -> None:
    text = "docs/wo" + "rk/plan.md, https://example.org/wo" + "rk/, farm-gate prices, issues of method"
    assert not any(re.search(pattern, text) for pattern in PATTERNS.values())
