"""What changes make of statutes, and which decision may make them (design §4).

A change is plain data: ``{"change": "amend", "article": {…}}`` puts a whole article in place of the one of its number,
``{"change": "add", "article": {…}}`` adds one, at the end or, with ``"before": "7"``, before article 7, and
``{"change": "repeal", "article": "7"}`` removes one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newcourse.council.article_data import read_article
from newcourse.council.articles import Article, Decision, Permission
from newcourse.council.reading import Reader
from newcourse.council.statutes import Statutes
from newcourse.errors import BadInput, Fault
from newcourse.record.artefact import PREFIX
from newcourse.record.canonical import canonical_json, digest

CHANGES: Final[dict[str, str]] = {
    "amend": "put this article in place of the one with its number",
    "add": "add this article",
    "repeal": "remove the article of this number",
}
"""How articles change."""

_WORDS: Final = {"change", "article", "before"}


def redrafted(law: Statutes, changes: Sequence[Mapping[str, Any]]) -> Statutes:
    """Return the whole statutes as they would be, changes applied in their order.

    Raises
    ------
    BadInput
        With every fault of the changes; where there is none, with every fault of the whole text that would result.
    """
    return Statutes(law.title, changed_articles(law, changes))


def changed_articles(law: Statutes, changes: Sequence[Mapping[str, Any]]) -> tuple[Article, ...]:
    """Return the articles with changes applied in their order.

    Raises
    ------
    BadInput
        With every fault of the changes.
    """
    reader = Reader("changes")
    articles, faults = list(law.articles), list[Fault]()
    for position, change in enumerate(changes, start=1):
        where = f"changes, change {position}"
        try:
            _apply(reader, articles, change, where)
        except BadInput as error:
            faults += error.faults
    try:
        reader.finish()
    except BadInput as error:
        faults += error.faults
    if not changes:
        faults.append(Fault("changes-missing", "changes", "no change", "at least one change", "say what changes"))
    if faults:
        raise BadInput(faults)
    return tuple(articles)


def address_of(law: Statutes) -> str:
    """Return the address under which the whole text of statutes is kept."""
    return PREFIX + digest(canonical_json(law.to_data()))


def decision_needed(before: Statutes, after: Statutes) -> Decision:
    """Return the kind of decision that may make the one out of the other.

    The entrenched one is needed where an entrenched article changes, where the procedure itself changes (the rules of
    amending, or a kind of decision that they name), and where any article, a new one included, changes who may do what
    an entrenched article gives somebody a right to.
    """
    amending = before.amending
    touched = amending.entrenched_decision and any(_entrenched_touched(before, after))
    return before.decisions[amending.entrenched_decision if touched else amending.decision]


def _entrenched_touched(before: Statutes, after: Statutes) -> Iterator[bool]:
    numbers = before.amending.entrenched
    yield _numbered(before, numbers) != _numbered(after, numbers)
    yield before.amending != after.amending
    named = (before.amending.decision, before.amending.entrenched_decision)
    yield [before.decisions.get(code) for code in named] != [after.decisions.get(code) for code in named]
    for act in _protected(before):
        yield _permissions(before, act) != _permissions(after, act)


def _numbered(law: Statutes, numbers: Sequence[str]) -> list[Article]:
    return [article for article in law.articles if article.number in numbers]


def _protected(law: Statutes) -> tuple[str, ...]:
    """Return the acts that entrenched articles speak of."""
    rows = [row for article in _numbered(law, law.amending.entrenched) for row in (*article.grants, *article.denies)]
    return tuple(dict.fromkeys(row.act for row in rows))


def _permissions(law: Statutes, act: str) -> tuple[list[Permission], list[Permission]]:
    return [grant for _, grant in law.grants(act)], [deny for _, deny in law.denies(act)]


def _apply(reader: Reader, articles: list[Article], change: object, where: str) -> None:
    data = reader.mapping(change, where, _WORDS)
    kind = data.get("change")
    if not isinstance(change, Mapping):
        return
    if kind == "repeal":
        del articles[_place(articles, data.get("article"), where)]
    elif kind in ("amend", "add"):
        article = read_article(reader, data.get("article"))
        if kind == "amend":
            articles[_place(articles, article.number, where)] = article
        else:
            articles.insert(_place(articles, data["before"], where) if "before" in data else len(articles), article)
    else:
        expected = " or ".join(CHANGES)
        raise BadInput(Fault("change-unknown", where, repr(kind)[:60], expected, "say what is done"))


def _place(articles: Sequence[Article], number: object, where: str) -> int:
    for position, article in enumerate(articles):
        if article.number == number:
            return position
    known = ", ".join(article.number for article in articles)
    raise BadInput(Fault("article-unknown", where, repr(number)[:60], f"one of {known}", "name an article there is"))
