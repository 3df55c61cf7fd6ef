"""Texts that people write: how long they may be, and that there is one."""

from typing import Final

from newcourse.acts.act import wrong
from newcourse.acts.ask import Ask

LONGEST_TITLE: Final = 200
LONGEST_COMMENT: Final = 10_000
LONGEST_REASONS: Final = 10_000


def text_asked(ask: Ask, name: str, longest: int = LONGEST_REASONS) -> str:
    """Return a text that must be given: something readable, and no more than so many characters of it.

    Raises
    ------
    BadInput
        If there is none, it is too long, or has characters that cannot be shown.
    """
    text = ask.get(name)
    if not isinstance(text, str) or not text.strip():
        raise wrong(ask, f"{name}-missing", repr(text)[:60], f"the {name} in words", "write them")
    if len(text) > longest:
        expected = f"at most {longest} characters"
        raise wrong(ask, f"{name}-long", f"{len(text)} characters", expected, "say it in fewer words")
    if not all(line.replace("\t", " ").isprintable() for line in text.replace("\r\n", "\n").split("\n")):
        raise wrong(ask, f"{name}-unreadable", repr(text)[:60], "printable characters", "remove the others")
    return text
