"""About these pages: the words they use, what they guarantee and what not, and how programs read the same facts."""

from dataclasses import dataclass

from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.words import GLOSSARY


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its meaning."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the glossary."""

    anchor: str
    title: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """Facts of the page about the pages."""

    chapters: tuple[Chapter, ...]


def about(_site: Site) -> AboutFacts:
    """Return the glossary."""
    return AboutFacts(
        tuple(Chapter(anchor, title, tuple(Word(*pair) for pair in words)) for anchor, title, words in GLOSSARY)
    )


PAGE = Page("about", "/about", "Words, guarantees, and how to read the facts by program", about, "About")
