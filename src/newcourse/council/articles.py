"""The parts that statutes are made of: articles, and what a program must obey of each (design §4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from fractions import Fraction
from typing import Any

from newcourse.council.reading import Reader
from newcourse.vote.plain import freeze


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may do an act, where and when; in an article's ``denies``, who may not.

    Parameters
    ----------
    act
        One of :data:`newcourse.council.words.ACTS`.
    roles
        Some of :data:`newcourse.council.words.ROLES`.
    where
        One of :data:`newcourse.council.words.SCOPES`.
    when
        One of :data:`newcourse.council.words.TIMES`.
    """

    act: str
    roles: tuple[str, ...]
    where: str = "everywhere"
    when: str = "always"


@dataclass(frozen=True, slots=True)
class Council:
    """A body of delegates.

    Parameters
    ----------
    council
        Short code.
    name
        Name in words.
    place
        Place it decides for; empty means the federation as a whole, the root of the tree of places.
    seated_by
        Which places send delegates, one of :data:`newcourse.council.words.SEATED_BY`.
    seats
        Delegates that each such place sends.
    """

    council: str
    name: str
    place: str = ""
    seated_by: str = "places beneath"
    seats: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """A kind of decision: what is voted on, by whom, by which rule.

    Parameters
    ----------
    decision
        Short code.
    name
        Name in words.
    subject
        ``weights`` (of groups of needs), ``variant`` (of the plan) or ``motion``.
    council
        Council that decides.
    rule, options
        Rule of counting and what is fixed about it, as in :mod:`newcourse.vote.rule`.
    electorate
        ``members`` or ``delegates``.
    ballot
        ``open``: by name. Secret ballots are refused by this version.
    quorum
        Share of the electorate that must vote, as an exact fraction in text.
    days
        How long the vote stays open; it may be closed earlier when everybody has voted.
    ties
        ``candidate-order``, or ``lot`` from a seed to which the opener is committed before anyone votes.
    """

    decision: str
    name: str
    subject: str
    council: str
    rule: str
    options: Mapping[str, Any] = field(default_factory=dict)
    electorate: str = "members"
    ballot: str = "open"
    quorum: str = "0"
    days: int = 0
    ties: str = "candidate-order"

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", freeze(self.options))

    @property
    def quorum_share(self) -> Fraction:
        """The quorum as an exact fraction."""
        return Fraction(self.quorum)


@dataclass(frozen=True, slots=True)
class CycleRules:
    """How a planning cycle runs.

    Parameters
    ----------
    call_days
        Days in which needs, proposals and support can be filed; no vote on weights opens before they are over.
    support
        Members, the proposer among them, who must stand behind a proposal before variants may carry it.
    variants
        Plan variants the planner is asked for; there are fewer where no more are really different.
    """

    call_days: int
    support: int = 1
    variants: int = 3


@dataclass(frozen=True, slots=True)
class Article:
    """One article: number, title, words, and what a program must obey of it."""

    number: str
    title: str
    words: str
    grants: tuple[Permission, ...] = ()
    denies: tuple[Permission, ...] = ()
    councils: tuple[Council, ...] = ()
    decisions: tuple[Decision, ...] = ()
    cycle: CycleRules | None = None

    def __str__(self) -> str:
        return f"Article {self.number}, {self.title}"


def read_article(reader: Reader, row: object) -> Article:
    """Return the article that plain data describe; the reader collects what is wrong."""
    data = reader.mapping(row, "article", {spec.name for spec in fields(Article)})
    where = f"article {data.get('number', '?')}"
    parts: dict[str, Any] = {
        name: tuple(
            reader.record(kind, item, f"{where}, {name}") for item in reader.rows(data, name, where, absent=True)
        )
        for name, kind in _PARTS.items()
    }
    if "cycle" in data:
        parts["cycle"] = reader.record(CycleRules, data["cycle"], f"{where}, cycle")
    number, title, words = (reader.text(data, word, where) for word in ("number", "title", "words"))
    return Article(number, title, words, **parts)


_PARTS: dict[str, type[Any]] = {
    "grants": Permission,
    "denies": Permission,
    "councils": Council,
    "decisions": Decision,
}


def article_data(article: Article) -> dict[str, Any]:
    """Return an article as plain data, without the parts it does not have."""
    data: dict[str, Any] = {"number": article.number, "title": article.title, "words": article.words}
    for name in _PARTS:
        if rows := getattr(article, name):
            data[name] = [_plain(row) for row in rows]
    if article.cycle:
        data["cycle"] = asdict(article.cycle)
    return data


def _plain(row: Any) -> dict[str, Any]:
    """Return a part as plain data (``asdict`` cannot copy a read-only mapping)."""
    data = {spec.name: getattr(row, spec.name) for spec in fields(row)}
    return {key: _listed(value) for key, value in data.items()}


def _listed(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value
