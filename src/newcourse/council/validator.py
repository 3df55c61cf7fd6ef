"""What is wrong with statutes, every fault at once and in words (design §4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newcourse.council.articles import Article, Council, CycleRules, Decision, Permission
from newcourse.council.words import ACTS, BALLOTS, ELECTORATES, ROLES, SCOPES, SEATED_BY, SUBJECTS, TIMES
from newcourse.errors import BadInput, Fault
from newcourse.vote.plain import fraction
from newcourse.vote.rule import RULES, frozen_rule
from newcourse.vote.ties import CANDIDATE_ORDER, LOT

NEEDED_SUBJECTS = ("weights", "variant")
"""Without these two votes no cycle can come to its end."""


def statutes_faults(title: str, articles: Sequence[Article]) -> list[Fault]:
    """Return everything that is wrong with statutes.

    Found are: empty words; numbers, councils or decisions that are there twice; unknown words; acts that no article
    lets anybody do, or that are forbidden to everybody always; councils without seats; decisions by an unknown rule,
    with wrong options, of the wrong kind, of a council that does not exist, or secret; no or two rules for the
    cycle; a cycle that could never end, because weights or variants are not voted on.
    """
    faults = [] if title.strip() else [Fault("title-missing", "statutes", "no title", "a title", "write it")]
    faults += _article_faults(articles)
    faults += [fault for article in articles for fault in _permission_faults(article)]
    faults += _act_faults(articles)
    faults += [
        fault for article in articles for council in article.councils for fault in _council_faults(article, council)
    ]
    faults += _twice("council-twice", "council", [c.council for a in articles for c in a.councils])
    councils = {c.council for a in articles for c in a.councils}
    for article in articles:
        for decision in article.decisions:
            faults += _decision_faults(article, decision, councils)
    faults += _twice("decision-twice", "decision", [d.decision for a in articles for d in a.decisions])
    return [*faults, *_cycle_faults(articles)]


def _article_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    if not articles:
        yield Fault("articles-missing", "statutes", "no article", "at least one article", "write the articles")
    for position, article in enumerate(articles, start=1):
        for word in ("number", "title", "words"):
            if not getattr(article, word).strip():
                where = f"statutes, article {article.number or f'in place {position}'}"
                yield Fault(f"{word}-missing", where, f"no {word}", f"its {word}", "write it")
    yield from _twice("article-twice", "article", [article.number for article in articles])


def _twice(code: str, what: str, names: Iterable[str]) -> Iterator[Fault]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Fault(
                code, f"statutes, {what} {name}", f"{times} of this name", "one", f"rename or merge the {what}s"
            )


def _word_fault(where: str, word: str, found: str, known: Iterable[str]) -> list[Fault]:
    known = list(known)
    if found in known:
        return []
    return [Fault(f"{word}-unknown", where, repr(found), " or ".join(known), f"write one of these as {word}")]


def _permission_faults(article: Article) -> Iterator[Fault]:
    for name, rows in (("grants", article.grants), ("denies", article.denies)):
        for row in rows:
            where = f"statutes, article {article.number}, {name} {row.act}"
            yield from _word_fault(where, "act", row.act, ACTS)
            yield from _word_fault(where, "where", row.where, SCOPES)
            yield from _word_fault(where, "when", row.when, TIMES)
            for role in row.roles:
                yield from _word_fault(where, "role", role, ROLES)
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


def _council_faults(article: Article, council: Council) -> Iterator[Fault]:
    where = f"statutes, article {article.number}, council {council.council}"
    yield from _word_fault(where, "seated_by", council.seated_by, SEATED_BY)
    if council.seats < 1:
        yield Fault("seats-missing", where, f"{council.seats} seats", "at least one for each place", "give the number")
    if not council.council.strip() or not council.name.strip():
        yield Fault("name-missing", where, "no code or no name", "both", "write them")


def _decision_faults(article: Article, decision: Decision, councils: set[str]) -> Iterator[Fault]:
    where = f"statutes, article {article.number}, decision {decision.decision}"
    if decision.council not in councils:
        expected = " or ".join(sorted(councils)) or "a council that some article sets up"
        yield Fault("electorate-empty", where, f"nobody: no council {decision.council!r}", expected, "name the council")
    yield from _word_fault(where, "subject", decision.subject, SUBJECTS)
    yield from _word_fault(where, "electorate", decision.electorate, ELECTORATES)
    yield from _word_fault(where, "ties", decision.ties, (CANDIDATE_ORDER, LOT))
    yield from _word_fault(where, "ballot", decision.ballot, BALLOTS)
    quorum = fraction(decision.quorum)
    if quorum is None or quorum > 1:
        expected = "a share from 0 to 1, written exactly as text, such as 1/2"
        yield Fault("quorum-wrong", where, repr(decision.quorum), expected, "correct the share")
    if decision.days < 0:
        yield Fault("days-wrong", where, f"{decision.days} days", "no fewer than 0 days", "correct the number")
    yield from _rule_faults(where, decision)


def _rule_faults(where: str, decision: Decision) -> Iterator[Fault]:
    if decision.rule not in RULES:
        yield from _word_fault(where, "rule", decision.rule, RULES)
        return
    kind, wanted = RULES[decision.rule].kind, SUBJECTS.get(decision.subject)
    if wanted and kind != wanted:
        fitting = " or ".join(name for name, rule in RULES.items() if rule.kind == wanted)
        found = f"{decision.rule}, which gives a {kind}"
        expected = f"a rule that gives a {wanted}: {fitting}"
        yield Fault("rule-unfit", where, found, expected, "name another rule")
    takes_ties = any(option.name == "ties" for option in RULES[decision.rule].options)
    if decision.ties == LOT and not takes_ties:
        found = f"{decision.rule}, which never has a tie to settle"
        yield Fault("lot-unused", f"{where}, ties", found, CANDIDATE_ORDER, "leave the lot out")
    reserved = [name for name in ("ties", "quorum", "members") if name in decision.options]
    for name in reserved:
        found, expected = f"option {name} of the rule", "what the decision itself says of ties, quorum and electorate"
        yield Fault("option-reserved", where, found, expected, f"remove {name} from the options")
    try:
        frozen_rule(decision.rule, {k: v for k, v in decision.options.items() if k not in reserved})
    except BadInput as error:
        yield from (Fault(f.code, f"{where}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults)


def _cycle_faults(articles: Sequence[Article]) -> Iterator[Fault]:
    cycles = [article for article in articles if article.cycle]
    if len(cycles) != 1:
        found = f"{len(cycles)} articles: {', '.join(a.number for a in cycles) or 'none'}"
        yield Fault("cycle-rules", "statutes, cycle", found, "one article with rules for the cycle", "keep one")
    for article in cycles:
        yield from _length_faults(f"statutes, article {article.number}, cycle", article.cycle)
    subjects = Counter(d.subject for a in articles for d in a.decisions)
    for subject in NEEDED_SUBJECTS:
        if subjects[subject] != 1:
            found = f"{subjects[subject]} decisions on {subject}"
            expected = f"exactly one decision on {subject}, or no cycle could come to its end"
            yield Fault("dead-end", "statutes, decisions", found, expected, f"say how {subject} is voted on")


def _length_faults(where: str, rules: CycleRules | None) -> Iterator[Fault]:
    if rules is None:
        return
    for name, least in (("call_days", 0), ("support", 1), ("variants", 1)):
        found = getattr(rules, name)
        if found < least:
            yield Fault(f"{name}-wrong", where, f"{name} {found}", f"at least {least}", "correct the number")
