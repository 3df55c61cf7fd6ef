"""The numbers of the statutes as fields of a form, and back: so that a change of law needs no JSON.

Fields are named ``law:ARTICLE:PART:ROW:NAME`` by the position of article and row; beside them stand the words of the
article, which say the same to people. ``law:version`` says which version they are of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from newcourse.acts.drafting import present_version
from newcourse.council.article_data import PARTS, SINGLE, article_data
from newcourse.council.articles import Article
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.web.council_words import LAW

PREFIX: Final = "law:"
VERSION: Final = f"{PREFIX}version"


@dataclass(frozen=True, slots=True)
class LawNumber:
    """One number: name of its field, what it is the number of and of what, what is typed, and what is law now."""

    field: str
    words: str
    of: str
    value: str
    present: str


@dataclass(frozen=True, slots=True)
class LawArticle:
    """An article with numbers: its number and title, its words as they are typed, its numbers, whether any differs."""

    number: str
    title: str
    field: str
    words: str
    numbers: tuple[LawNumber, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class LawFields:
    """All articles that hold numbers, and the version of the statutes that they are of."""

    version: int
    articles: tuple[LawArticle, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands: its field, the row of the article's data that holds it, under which name, and of what."""

    field: str
    words: str
    row: dict[str, Any]
    name: str
    of: str

    @property
    def text(self) -> str:
        return str(self.row[self.name])

    def read(self, typed: str) -> int | str:
        """Return what was typed as the statutes hold it; shares stay text, whose form the statutes check."""
        if not isinstance(self.row[self.name], int):
            return typed
        if typed.isascii() and typed.isdigit() and len(typed) < 7:
            return int(typed)
        raise BadInput(Fault("number-wrong", "changes", f"{typed!r:.40}", "a whole number", f"correct: {self.words}"))


def law_fields(state: State, typed: Mapping[str, str]) -> LawFields | None:
    """Return the numbers of the statutes as fields; nothing where there are no statutes yet.

    Parameters
    ----------
    state
        The federation.
    typed
        What was typed before.
    """
    if state.statutes is None:
        return None
    found = (_fields(position, article, typed) for position, article in enumerate(state.law.articles))
    return LawFields(present_version(state), tuple(one for one in found if one.numbers))


def changes_typed(state: State, typed: Mapping[str, str]) -> list[dict[str, Any]] | None:
    """Return the changes of the statutes that the fields of a form make; nothing where there are none of them.

    Raises
    ------
    BadInput
        If the form is of another version than the law now, or a number is none; all of them at once.
    """
    if VERSION not in typed:
        return None
    version = str(present_version(state))
    if typed[VERSION] != version:
        found, expected = f"a form of version {typed[VERSION]:.20}", f"one of version {version}, which is law now"
        raise BadInput(Fault("version-other", "changes", found, expected, "load the page of the statutes anew"))
    changes, faults = [], list[Fault]()
    for position, article in enumerate(state.law.articles):
        data = article_data(article)
        before = article_data(article)
        data["words"] = _lines(typed.get(_words_field(position), article.words))
        for place in _places(position, data):
            try:
                place.row[place.name] = _typed(place, typed)
            except BadInput as error:
                faults += error.faults
        if {**data, "words": _lines(data["words"])} != {**before, "words": _lines(before["words"])}:
            changes.append({"change": "amend", "article": data})
    if faults:
        raise BadInput(faults)
    return changes


def _typed(place: _Place, typed: Mapping[str, str]) -> int | str:
    text = typed.get(place.field, "").strip()
    return place.row[place.name] if text in ("", place.text) else place.read(text)


def _fields(position: int, article: Article, typed: Mapping[str, str]) -> LawArticle:
    words = typed.get(_words_field(position), article.words)
    numbers = tuple(
        LawNumber(place.field, place.words, place.of, typed.get(place.field, place.text), place.text)
        for place in _places(position, article_data(article))
    )
    changed = _lines(words) != _lines(article.words) or any(one.value != one.present for one in numbers)
    return LawArticle(article.number, article.title, _words_field(position), words, numbers, changed)


def _places(position: int, data: dict[str, Any]) -> Iterator[_Place]:
    """Yield where the numbers of an article stand that people know by words."""
    for part in (*PARTS, *SINGLE):
        rows = data.get(part, []) if part in PARTS else [data[part]] if part in data else []
        for at, row in enumerate(rows):
            for key, words in LAW.items():
                kind, _, name = key.partition(".")
                holder = row["options"] if name == "threshold" and "options" in row else row
                if kind == part and name in holder:
                    yield _Place(f"{PREFIX}{position}:{part}:{at}:{name}", words, holder, name, row.get("name", ""))


def _words_field(position: int) -> str:
    return f"{PREFIX}{position}:words"


def _lines(text: str) -> str:
    """Return words without what a browser adds: its own ends of lines, and blanks around."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
