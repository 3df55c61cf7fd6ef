"""A federation's statutes: its own law, as data that a person can read and a program obeys (design §4).

Statutes are a list of articles. Each article says its law in words and, where a program must obey it, in a machine
part beside the words: permissions, prohibitions, councils, kinds of decision, lengths of time. Whatever the program
refuses, it can therefore refuse with the number and the words of an article.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from newcourse.council.article_data import article_data, read_article
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
from newcourse.council.validator import statutes_faults
from newcourse.council.vouching import Vouching
from newcourse.errors import BadInput


@dataclass(frozen=True)
class Statutes:
    """The law of a federation; cannot be made where it contradicts itself or leaves an act without an article.

    Parameters
    ----------
    title
        What it is called.
    articles
        The articles in order.

    Raises
    ------
    BadInput
        With every fault that :func:`newcourse.council.validator.statutes_faults` finds.
    """

    title: str
    articles: tuple[Article, ...]

    def __post_init__(self) -> None:
        if faults := statutes_faults(self.title, self.articles):
            raise BadInput(faults)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the statutes that :meth:`to_data` wrote, or that a person wrote in the same form.

        Raises
        ------
        BadInput
            With every fault of form; where there is none, with every fault of meaning.
        """
        return cls(*_read(data))

    @classmethod
    def recorded(cls, title: str, articles: tuple[Article, ...]) -> Self:
        """Return statutes that are law already, as a record has them.

        They were judged when they were made. Rules that are stricter since, and acts that are new since, must not
        make the record unreadable: what no article allows nobody may do, and changes are judged as a whole again.
        """
        law = cls.__new__(cls)
        object.__setattr__(law, "title", title)
        object.__setattr__(law, "articles", articles)
        return law

    @classmethod
    def from_record(cls, data: object) -> Self:
        """Return the statutes of a record, which :meth:`to_data` wrote.

        Raises
        ------
        BadInput
            With every fault of form.
        """
        return cls.recorded(*_read(data))

    def to_data(self) -> dict[str, Any]:
        """Return the statutes as plain data, without what is empty."""
        return {"title": self.title, "articles": [article_data(article) for article in self.articles]}

    def grants(self, act: str) -> Iterator[tuple[Article, Permission]]:
        """Yield every permission to do an act, with its article."""
        yield from ((article, grant) for article in self.articles for grant in article.grants if grant.act == act)

    def denies(self, act: str) -> Iterator[tuple[Article, Permission]]:
        """Yield every prohibition of an act, with its article."""
        yield from ((article, deny) for article in self.articles for deny in article.denies if deny.act == act)

    @cached_property
    def councils(self) -> Mapping[str, Council]:
        """Councils by code."""
        return MappingProxyType({c.council: c for article in self.articles for c in article.councils})

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        """Kinds of decision by code."""
        return MappingProxyType({d.decision: d for article in self.articles for d in article.decisions})

    @cached_property
    def elections(self) -> Mapping[str, ElectionRules]:
        """Rules of elections by code."""
        return MappingProxyType({e.election: e for article in self.articles for e in article.elections})

    @cached_property
    def recall(self) -> RecallRules:
        """How delegates are recalled."""
        return next(article.recall for article in self.articles if article.recall)

    @cached_property
    def amending(self) -> Amending:
        """How these statutes change."""
        return next(article.amending for article in self.articles if article.amending)

    @cached_property
    def secrecy(self) -> Secrecy:
        """What protects secret ballots; the usual where no article says it."""
        return next((article.secrecy for article in self.articles if article.secrecy), Secrecy())

    @cached_property
    def vouching(self) -> Vouching:
        """For how many people one member can vouch; the usual where no article says it."""
        return next((article.vouching for article in self.articles if article.vouching), Vouching())

    def article_on_vouching(self) -> Article:
        """Return the article that says for how many people one member can vouch; else the one that lets them join."""
        return next((article for article in self.articles if article.vouching), self.article_on_act("join"))

    def ballot_held(self, ballot: str, entitled: int) -> str:
        """Return how a vote of so many entitled is held that should be held by this kind of ballot.

        A secret ballot with too few entitled becomes one on paper, where the statutes say so.
        """
        few = ballot == "secret" and entitled < self.secrecy.least_secret
        return "paper" if few and self.secrecy.below == "paper" else ballot

    @cached_property
    def cycle(self) -> CycleRules:
        """How a cycle runs."""
        return next(article.cycle for article in self.articles if article.cycle)

    def article_on_cycle(self) -> Article:
        """Return the article that says how a cycle runs."""
        return next(article for article in self.articles if article.cycle)

    def article_on_council(self, council: str) -> Article:
        """Return the article that sets up a council; the first article for one that there is no more."""
        return next((a for a in self.articles for c in a.councils if c.council == council), self.articles[0])

    def article_on_decision(self, decision: str) -> Article:
        """Return the article on a kind of decision; the first article for one that there is no more."""
        return next((a for a in self.articles for d in a.decisions if d.decision == decision), self.articles[0])

    def article_on_act(self, act: str) -> Article:
        """Return the first article that lets anybody do an act; the first of all for one that nobody may do."""
        return next((article for article, _ in self.grants(act)), self.articles[0])


def _read(data: object) -> tuple[str, tuple[Article, ...]]:
    reader = Reader("statutes")
    whole = reader.mapping(data, "statutes", {"title", "articles"})
    title = reader.text(whole, "title", "statutes")
    articles = tuple(read_article(reader, row) for row in reader.rows(whole, "articles", "statutes"))
    reader.finish()
    return title, articles
