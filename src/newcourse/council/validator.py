"""What is wrong with statutes, every fault at once and in words (design §4)."""

from collections.abc import Iterator, Sequence

from newcourse.council.articles import Article, CycleRules, Permission
from newcourse.council.dead_ends import dead_ends
from newcourse.council.faults_of_bodies import body_faults
from newcourse.council.faults_of_decisions import decision_faults
from newcourse.council.faults_of_procedures import procedure_faults
from newcourse.council.faulty import LONGEST_DAYS, day_faults, twice, word_fault
from newcourse.council.words import ACTS, ROLES, SCOPES, TIMES
from newcourse.errors import Fault


def statutes_faults(title: str, articles: Sequence[Article]) -> list[Fault]:
    """Return everything that is wrong with statutes by themselves, whatever the places they are for.

    Found are faults of words and numbers (empty, unknown, twice, beyond what is possible), of bodies (without rules of
    election, elected in a circle, quotas that exclude each other), of decisions (no or two competent ones, a rule that
    does not fit, a quorum or threshold that cannot be met, delegates voting secretly), of procedures (recall or
    amendment that could never come about, deadlines that cross), and dead ends: acts that nobody could ever do, and
    states that nobody could lead out of. What depends on the places finds
    :func:`newcourse.council.fitting.fitting_faults`.
    """
    faults = [] if title.strip() else [Fault("title-missing", "statutes", "no title", "a title", "write it")]
    faults += _article_faults(articles)
    faults += [fault for article in articles for fault in _permission_faults(article)]
    faults += _act_faults(articles)
    faults += body_faults(articles)
    faults += decision_faults(articles)
    faults += procedure_faults(articles)
    faults += _cycle_faults(articles)
    return [*faults, *dead_ends(articles)]


def _article_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    if not articles:
        yield Fault("articles-missing", "statutes", "no article", "at least one article", "write the articles")
    for position, article in enumerate(articles, start=1):
        for word in ("number", "title", "words"):
            if not getattr(article, word).strip():
                where = f"statutes, article {article.number or f'in place {position}'}"
                yield Fault(f"{word}-missing", where, f"no {word}", f"its {word}", "write it")
    yield from twice("article-twice", "article", [article.number for article in articles])


def _permission_faults(article: Article) -> Iterator[Fault]:
    for name, rows in (("grants", article.grants), ("denies", article.denies)):
        for row in rows:
            where = f"statutes, article {article.number}, {name} {row.act}"
            yield from word_fault(where, "act", row.act, ACTS)
            yield from word_fault(where, "where", row.where, SCOPES)
            yield from word_fault(where, "when", row.when, TIMES)
            for role in row.roles:
                yield from word_fault(where, "role", role, ROLES)
            if not row.roles:
                yield Fault("roles-missing", where, "no role", f"some of {', '.join(ROLES)}", "say who is meant")


def _act_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    granted = {grant.act for article in articles for grant in article.grants}
    for act, words in ACTS.items():
        if act not in granted:
            yield Fault(
                "act-without-article",
                f"statutes, act {act}",
                f"no article says who may {words}",
                "an article that grants the act to some role, because nothing is allowed by default",
                "add the permission to the article it belongs to",
            )
    for article in articles:
        for deny in article.denies:
            if deny.act in granted and _forbids_all(deny):
                yield Fault(
                    "act-forbidden-to-all",
                    f"statutes, article {article.number}, denies {deny.act}",
                    "everybody is forbidden to do it, always and everywhere, although another article permits it",
                    "a prohibition that leaves somebody, some time or some place; prohibitions go before permissions",
                    "narrow the prohibition or remove the permission",
                )


def _forbids_all(deny: Permission) -> bool:
    return "anyone" in deny.roles and deny.when == "always" and deny.where == "everywhere"


def _cycle_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    cycles = [article for article in articles if article.cycle]
    if len(cycles) != 1:
        found = f"{len(cycles)} articles: {', '.join(a.number for a in cycles) or 'none'}"
        yield Fault("cycle-rules", "statutes, cycle", found, "one article with rules for the cycle", "keep one")
    for article in cycles:
        yield from _length_faults(f"statutes, article {article.number}, cycle", article.cycle)


def _length_faults(where: str, rules: CycleRules | None) -> Iterator[Fault]:
    if rules is None:
        return
    for name in ("call_days", "answer_days"):
        yield from day_faults(where, name, getattr(rules, name), most=LONGEST_DAYS)
    for name in ("support", "variants"):
        found = getattr(rules, name)
        if found < 1:
            yield Fault(f"{name}-wrong", where, f"{name} {found}", "at least 1", "correct the number")
