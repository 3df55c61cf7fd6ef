"""Articles as plain data and back: the form in which people write statutes and records keep them (design §4)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from newcourse.council.articles import (
    Amending,
    Article,
    Council,
    CycleRules,
    Decision,
    ElectionRules,
    Permission,
    RecallRules,
    Secrecy,
)
from newcourse.council.reading import Reader
from newcourse.council.vouching import Vouching


def read_article(reader: Reader, row: object) -> Article:
    """Return the article that plain data describe; the reader collects what is wrong."""
    data = reader.mapping(row, "article", {spec.name for spec in fields(Article)})
    where = f"article {data.get('number', '?')}"
    parts: dict[str, Any] = {
        name: tuple(
            reader.record(kind, item, f"{where}, {name}") for item in reader.rows(data, name, where, absent=True)
        )
        for name, kind in PARTS.items()
    }
    for name, kind in SINGLE.items():
        if name in data:
            parts[name] = reader.record(kind, data[name], f"{where}, {name}")
    number, title, words = (reader.text(data, word, where) for word in ("number", "title", "words"))
    return Article(number, title, words, **parts)


PARTS: Final[dict[str, type[Any]]] = {
    "grants": Permission,
    "denies": Permission,
    "councils": Council,
    "decisions": Decision,
    "elections": ElectionRules,
}
"""Parts that an article can have several of."""

SINGLE: Final[dict[str, type[Any]]] = {
    "cycle": CycleRules,
    "recall": RecallRules,
    "amending": Amending,
    "secrecy": Secrecy,
    "vouching": Vouching,
}
"""Parts that an article has at most one of."""


def article_data(article: Article) -> dict[str, Any]:
    """Return an article as plain data, without the parts it does not have."""
    data: dict[str, Any] = {"number": article.number, "title": article.title, "words": article.words}
    for name in PARTS:
        if rows := getattr(article, name):
            data[name] = [_plain(row) for row in rows]
    for name in SINGLE:
        if (part := getattr(article, name)) is not None:
            data[name] = _plain(part)
    return data


def _plain(row: Any) -> dict[str, Any]:
    """Return a part as plain data (``asdict`` cannot copy a read-only mapping)."""
    data = {spec.name: getattr(row, spec.name) for spec in fields(row)}
    return {key: _listed(value) for key, value in data.items()}


def _listed(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value
