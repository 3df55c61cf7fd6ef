"""The parts that statutes are made of: articles, and what a program must obey of each (design §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newcourse.council.vouching import Vouching
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
    level
        Where it is given, there is one such body at every place of this level, and ``place`` stays empty.
    seated_by
        Which places send delegates, one of :data:`newcourse.council.words.SEATED_BY`.
    seats
        Delegates that each such place sends.
    elected_by
        Who votes in each such place: its ``members``, or the ``delegates`` who sit in the body of that place.
    election
        Code of the rules by which it is elected.
    """

    council: str
    name: str
    place: str = ""
    level: str = ""
    seated_by: str = "places beneath"
    seats: int = 1
    elected_by: str = "members"
    election: str = ""


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
        What is voted on, one of :data:`newcourse.council.words.SUBJECTS`.
    council
        Council that decides.
    rule, options
        Rule of counting and what is fixed about it, as in :mod:`newcourse.vote.rule`.
    electorate
        One of :data:`newcourse.council.words.ELECTORATES`.
    ballot
        ``open`` (by name), ``secret`` (by blind-signed tokens) or ``paper`` (entered by tellers after the close).
        Delegates always vote openly.
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


@dataclass(frozen=True, slots=True)
class ElectionRules:
    """How delegates are elected.

    Parameters
    ----------
    election
        Short code, named by the councils elected so.
    name
        Name in words.
    rule, options
        Rule of counting, one that gives a committee, and what is fixed about it.
    quotas
        By name of a group, ``{"least": "1/3"}`` or ``{"more": "1/2"}``, and ``{"most": "2/3"}``, as exact shares of the
        seats (rounded so that the share is kept).
    electorate
        ``members`` or ``verified members``, where members elect.
    ballot
        ``secret``, ``open`` or ``paper``; where delegates elect they vote openly.
    nomination_days, days, contest_days
        How long nominations and the vote are open, and how long the result can be contested.
    quorum
        Share of the electorate that must vote.
    term_days
        Length of a term.
    terms
        Most terms in a row in one body; 0 for no limit.
    pause_days
        Days to stay out after that many terms.
    ties
        ``lot`` or ``candidate-order``.
    """

    election: str
    name: str
    rule: str = "scottish-stv"
    options: Mapping[str, Any] = field(default_factory=dict)
    quotas: Mapping[str, Any] = field(default_factory=dict)
    electorate: str = "members"
    ballot: str = "secret"
    nomination_days: int = 14
    days: int = 14
    contest_days: int = 7
    quorum: str = "0"
    term_days: int = 365
    terms: int = 0
    pause_days: int = 0
    ties: str = "lot"

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", freeze(self.options))
        object.__setattr__(self, "quotas", freeze(self.quotas))


@dataclass(frozen=True, slots=True)
class RecallRules:
    """How delegates are recalled, only by the constituency that elected them.

    Parameters
    ----------
    support
        Share of the constituency's electorate that must sign a petition, an exact fraction in text.
    sign_days, days
        How long a petition can be signed, and how long the vote on it is open.
    quorum, threshold
        Share of the electorate that must vote, and share of the votes for or against that must be exceeded.
    ballot
        ``secret``, ``open`` or ``paper``.
    spared_days
        Days after the beginning of a mandate in which nobody can petition.
    refill
        ``countback`` of the original ballots, or ``election``.
    """

    support: str = "1/10"
    sign_days: int = 30
    days: int = 14
    quorum: str = "0"
    threshold: str = "1/2"
    ballot: str = "secret"
    spared_days: int = 0
    refill: str = "countback"


@dataclass(frozen=True, slots=True)
class Amending:
    """How these statutes change.

    Parameters
    ----------
    decision
        Code of the kind of decision on drafts.
    notice_days
        Days that a draft must be public before the vote on it is opened.
    entrenched
        Numbers of articles that only ``entrenched_decision`` can touch, this article among them if it is to hold.
    entrenched_decision
        Code of that kind of decision; empty where nothing is entrenched.
    """

    decision: str
    notice_days: int = 14
    entrenched: tuple[str, ...] = ()
    entrenched_decision: str = ""


@dataclass(frozen=True, slots=True)
class Secrecy:
    """What protects secret ballots.

    Parameters
    ----------
    least_secret
        Least number of people entitled with whom a ballot can be secret.
    below
        What is done where they are fewer, one of :data:`newcourse.council.words.BELOW_SECRET`.
    """

    least_secret: int = 5
    below: str = "paper"


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
    answer_days
        Days within which every proposal must be answered; who leaves one unanswered is shown.
    """

    call_days: int
    support: int = 1
    variants: int = 3
    answer_days: int = 30


@dataclass(frozen=True, slots=True)
class Article:
    """One article: number, title, words, and what a program must obey of it.

    Parameters
    ----------
    number, title, words
        By what it is cited, what it is called, and the law in words: what people are told when it refuses something.
    grants, denies
        Who may do what; who may not, even where another article lets them.
    councils, decisions, elections
        Bodies of delegates, kinds of decision, rules of elections that it sets up.
    cycle, recall, amending, secrecy, vouching
        Rules for these. The first three stand in exactly one article, the others in at most one.
    """

    number: str
    title: str
    words: str
    grants: tuple[Permission, ...] = ()
    denies: tuple[Permission, ...] = ()
    councils: tuple[Council, ...] = ()
    decisions: tuple[Decision, ...] = ()
    elections: tuple[ElectionRules, ...] = ()
    cycle: CycleRules | None = None
    recall: RecallRules | None = None
    amending: Amending | None = None
    secrecy: Secrecy | None = None
    vouching: Vouching | None = None

    def __str__(self) -> str:
        return f"Article {self.number}, {self.title}"
