"""Statutes as data: read strictly, round trip, and every contradiction or dead end named in words (design §4)."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from newcourse.council.articles import Article
from newcourse.council.default_statutes import DATA, default_statutes
from newcourse.council.statutes import Statutes
from newcourse.errors import BadInput

Data = dict[str, Any]


def article(data: Data, number: str) -> Data:
    found: Data = next(article for article in data["articles"] if article["number"] == number)
    return found


def faults_of(spoil: Callable[[Data], object]) -> list[tuple[str, str]]:
    data = deepcopy(DATA)
    spoil(data)
    with pytest.raises(BadInput) as caught:
        Statutes.from_data(data)
    for fault in caught.value.faults:
        assert fault.where.startswith("statutes")
        assert fault.found
        assert fault.expected
        assert fault.remedy
    return [(fault.code, fault.where) for fault in caught.value.faults]


def test_default_statutes_round_trip_through_json() -> None:
    law = default_statutes()
    assert Statutes.from_data(json.loads(json.dumps(law.to_data()))) == law


def test_what_default_statutes_say_is_found_by_name() -> None:
    law = default_statutes()
    assert law.councils["congress"].seats == 3
    assert law.decisions["variant"].rule == "schulze"
    assert law.decisions["weights"].quorum == "1/10"
    assert law.article_on_decision("variant").number == "9"
    assert law.article_on_council("congress").number == "3"
    assert law.article_on_cycle().number == "5"
    assert [a.number for a, _ in law.denies("seat_delegates")] == ["4"]


SPOILED: list[tuple[str, str, Callable[[Data], object]]] = [
    ("title-missing", "", lambda d: d.update(title=" ")),
    ("words-missing", "article 5", lambda d: article(d, "5").update(words="")),
    ("article-twice", "article 1", lambda d: article(d, "2").update(number="1")),
    ("articles-missing", "statutes", lambda d: d.update(articles=[])),
    ("act-unknown", "article 1", lambda d: article(d, "1")["grants"].append({"act": "rule", "roles": ["member"]})),
    ("role-unknown", "article 6", lambda d: article(d, "6")["grants"][0].update(roles=["tsar"])),
    ("roles-missing", "article 6", lambda d: article(d, "6")["grants"][0].update(roles=[])),
    ("where-unknown", "article 6", lambda d: article(d, "6")["grants"][0].update(where="abroad")),
    ("when-unknown", "article 6", lambda d: article(d, "6")["grants"][0].update(when="never")),
    ("act-without-article", "act cast", lambda d: article(d, "7")["grants"].pop(2)),
    ("act-forbidden-to-all", "article 4", lambda d: article(d, "4")["denies"][0].update(when="always")),
    ("seats-missing", "council congress", lambda d: article(d, "3")["councils"][0].update(seats=0)),
    ("seated_by-unknown", "council congress", lambda d: article(d, "3")["councils"][0].update(seated_by="lot")),
    (
        "council-twice",
        "council congress",
        lambda d: article(d, "3")["councils"].append({**article(d, "3")["councils"][0]}),
    ),
    ("electorate-empty", "decision weights", lambda d: article(d, "8")["decisions"][0].update(council="senate")),
    ("electorate-unknown", "decision weights", lambda d: article(d, "8")["decisions"][0].update(electorate="owners")),
    ("rule-unknown", "decision weights", lambda d: article(d, "8")["decisions"][0].update(rule="acclamation")),
    ("rule-unfit", "decision weights", lambda d: article(d, "8")["decisions"][0].update(rule="schulze")),
    ("subject-unknown", "decision weights", lambda d: article(d, "8")["decisions"][0].update(subject="tsar")),
    ("option-unknown", "decision variant", lambda d: article(d, "9")["decisions"][0].update(options={"x": 1})),
    (
        "option-reserved",
        "decision motion",
        lambda d: article(d, "10")["decisions"][0].update(options={"quorum": "1/2"}),
    ),
    ("lot-unused", "decision weights", lambda d: article(d, "8")["decisions"][0].update(ties="lot")),
    ("ties-unknown", "decision variant", lambda d: article(d, "9")["decisions"][0].update(ties="duel")),
    ("ballot-unknown", "decision variant", lambda d: article(d, "9")["decisions"][0].update(ballot="shouted")),
    ("quorum-wrong", "decision variant", lambda d: article(d, "9")["decisions"][0].update(quorum="3/2")),
    ("quorum-wrong", "decision variant", lambda d: article(d, "9")["decisions"][0].update(quorum="half")),
    ("days-wrong", "decision variant", lambda d: article(d, "9")["decisions"][0].update(days=-1)),
    (
        "decision-twice",
        "decision variant",
        lambda d: article(d, "9")["decisions"].append(article(d, "9")["decisions"][0]),
    ),
    ("dead-end", "decisions", lambda d: article(d, "8").pop("decisions")),
    ("cycle-rules", "cycle", lambda d: article(d, "5").pop("cycle")),
    ("cycle-rules", "cycle", lambda d: article(d, "6").update(cycle=article(d, "5")["cycle"])),
    ("call_days-wrong", "article 5", lambda d: article(d, "5")["cycle"].update(call_days=-3)),
    ("support-wrong", "article 5", lambda d: article(d, "5")["cycle"].update(support=0)),
    # faults of form
    ("word-unknown", "article 5", lambda d: article(d, "5")["cycle"].update(pace=5)),
    ("word-missing", "article 5", lambda d: article(d, "5")["cycle"].pop("call_days")),
    ("value-wrong", "article 5", lambda d: article(d, "5")["cycle"].update(call_days="thirty")),
    ("value-wrong", "article 5", lambda d: article(d, "5")["cycle"].update(call_days=True)),
    ("value-wrong", "article 6", lambda d: article(d, "6")["grants"][0].update(roles="member")),
    ("value-wrong", "article 6", lambda d: article(d, "6")["grants"][0].update(roles=[3])),
    ("value-wrong", "article 9", lambda d: article(d, "9")["decisions"][0].update(options=[])),
    ("text-missing", "article 5", lambda d: article(d, "5").pop("title")),
    ("not-a-list", "articles", lambda d: d.update(articles="none")),
    ("not-an-object", "article", lambda d: d["articles"].append("thirteen")),
]


@pytest.mark.parametrize(("code", "where", "spoil"), SPOILED)
def test_each_fault_is_named_where_it_is(code: str, where: str, spoil: Callable[[Data], object]) -> None:
    found = faults_of(spoil)
    assert any(code == c and where in w for c, w in found), found


def test_all_faults_are_named_at_once() -> None:
    def spoil(data: Data) -> None:
        article(data, "8")["decisions"][0].update(rule="acclamation", days=-1)
        article(data, "7")["grants"].clear()

    codes = [code for code, _ in faults_of(spoil)]
    assert codes.count("act-without-article") == 11
    assert {"rule-unknown", "days-wrong"} <= set(codes)


def test_a_secret_vote_of_too_few_is_held_on_paper_or_not_at_all() -> None:
    law = default_statutes()
    assert law.ballot_held("secret", 5) == "secret"
    assert law.ballot_held("secret", 4) == "paper"
    assert law.ballot_held("open", 1) == "open"
    data = deepcopy(DATA)
    article(data, "16")["secrecy"]["below"] = "refuse"
    assert Statutes.from_data(data).ballot_held("secret", 4) == "secret"


def test_statutes_cannot_be_made_wrong_in_code_either() -> None:
    with pytest.raises(BadInput) as caught:
        Statutes("Law", (Article("1", "Nothing", "Nothing is said."),))
    assert {"act-without-article", "cycle-rules", "dead-end"} <= {fault.code for fault in caught.value.faults}


def test_options_of_a_decision_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        default_statutes().decisions["variant"].options["strength"] = "margins"  # type: ignore[index]
