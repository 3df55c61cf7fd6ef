"""The parts pages are made of: words, colours, memory."""

import re
import threading
import time
from importlib.resources import files
from pathlib import Path

import pytest

from newcourse.council.words import ACTS
from newcourse.execution.orders import KINDS as LINES
from newcourse.pictures.look import AT_NIGHT, INK, PAPER, SOFT
from newcourse.plan.changes.registry import KINDS
from newcourse.web.memory import Memory
from newcourse.web.words import CHANGES, DONE, GLOSSARY, KINDS_OF_LINES

STYLE = files("newcourse.web").joinpath("static/style.css").read_text(encoding="utf-8")


def test_every_act_change_and_line_has_words() -> None:
    assert list(DONE) == list(ACTS)
    assert set(CHANGES) == {kind.kind for kind in KINDS}
    assert list(KINDS_OF_LINES) == list(LINES)


def test_words_are_those_of_the_project() -> None:
    listed = (Path(__file__).parents[2] / "docs" / "words.md").read_text(encoding="utf-8")
    known = {word.strip() for cell in re.findall(r"^\| ([^|]+) \|", listed, re.MULTILINE) for word in cell.split(",")}
    assert [
        word for _, _, words in GLOSSARY for pair, _ in words for word in pair.split(", ") if word not in known
    ] == []


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("night", [False, True])
def test_every_text_stands_out_from_its_ground(night: bool) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[int(night)]))
    for ground in ("paper", "card", "tint"):
        for ink in ("ink", "soft", "accent", "good", "bad"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["focus"], colours[ground]) >= 3
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.5


def test_pictures_have_the_colours_of_the_page() -> None:
    day, night = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    )
    for name, colour in (("ink", INK), ("soft", SOFT), ("card", PAPER)):
        assert day[name] == colour
        assert night[name] == AT_NIGHT[colour]


def test_the_style_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face|expression", STYLE)


def test_what_is_asked_for_twice_at_once_is_made_once() -> None:
    memory, made = Memory(4), []

    def make() -> int:
        time.sleep(0.02)
        made.append(1)
        return 7

    threads = [threading.Thread(target=lambda: memory.get("key", make)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    memory = Memory(4)
    with pytest.raises(ZeroDivisionError):
        memory.get("key", lambda: 1 // 0)
    assert memory.get("key", lambda: 7) == 7


def test_only_the_last_values_are_kept() -> None:
    memory = Memory(2)
    for key in "abc":
        memory.get(key, lambda key=key: key)
    assert memory.get("c", lambda: "new") == "c"
    assert memory.get("a", lambda: "new") == "new"
