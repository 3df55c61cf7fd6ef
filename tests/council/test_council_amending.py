"""What changes make of statutes, and which decision they need (design §4)."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.council.default_statutes import default_data, default_statutes
from newcourse.council.redrafting import address_of, decision_needed, redrafted
from newcourse.council.statutes import Statutes
from newcourse.errors import BadInput

LAW = default_statutes()

Change = dict[str, Any]


def article(of: str, **changed: Any) -> Change:
    found = deepcopy(next(a for a in default_data()["articles"] if a["number"] == of))
    return {**found, **changed}


def plain(number: str) -> Change:
    """Return an article without force."""
    return {"number": number, "title": "Songs", "words": "We sing."}


def needed(*changes: Change) -> str:
    return decision_needed(LAW, redrafted(LAW, changes)).decision


def numbers(law: Statutes) -> list[str]:
    return [article.number for article in law.articles]


def test_articles_are_added_amended_and_repealed_in_order() -> None:
    after = redrafted(
        LAW,
        [
            {"change": "add", "article": plain("20")},
            {"change": "add", "article": plain("6a"), "before": "7"},
            {"change": "amend", "article": plain("20") | {"words": "We hum."}},
            {"change": "repeal", "article": "6a"},
        ],
    )
    assert numbers(after) == [*numbers(LAW), "20"]
    assert after.articles[-1].words == "We hum."
    before = redrafted(LAW, [{"change": "add", "article": plain("6a"), "before": "7"}])
    assert numbers(before).index("6a") == numbers(before).index("7") - 1


def test_all_faults_of_changes_are_named_at_once() -> None:
    changes = [
        {"change": "repeal", "article": "99"},
        {"change": "burn"},
        {"change": "amend", "article": {"number": "5", "tune": "x"}},
    ]
    with pytest.raises(BadInput) as caught:
        redrafted(LAW, changes)
    codes = [fault.code for fault in caught.value.faults]
    assert {"article-unknown", "change-unknown", "word-unknown", "text-missing"} <= set(codes)
    assert all("change" in fault.where or "article" in fault.where for fault in caught.value.faults)


def test_the_address_is_that_of_the_whole_text() -> None:
    assert address_of(LAW) == address_of(Statutes.from_data(LAW.to_data()))
    assert address_of(LAW) != address_of(redrafted(LAW, [{"change": "add", "article": plain("20")}]))


def test_an_ordinary_change_needs_the_ordinary_decision() -> None:
    assert needed({"change": "add", "article": plain("20")}) == "statutes"
    assert needed({"change": "amend", "article": article("5", words="Otherwise.")}) == "statutes"
    assert needed({"change": "amend", "article": article("8", words="Otherwise.")}) == "statutes"


@pytest.mark.parametrize("number", LAW.amending.entrenched)
def test_a_word_of_an_entrenched_article_needs_the_entrenched_decision(number: str) -> None:
    assert needed({"change": "amend", "article": article(number, words="Otherwise.")}) == "entrenched"


def test_a_detour_around_an_entrenched_article_needs_it_too() -> None:
    deny = {"act": "sign_petition", "roles": ["founder"]}
    grant = {"act": "appeal", "roles": ["delegate"]}
    assert needed({"change": "add", "article": plain("20") | {"denies": [deny]}}) == "entrenched"
    assert needed({"change": "add", "article": plain("20") | {"grants": [grant]}}) == "entrenched"
    assert needed({"change": "add", "article": plain("20") | {"denies": [{**deny, "act": "join"}]}}) == "statutes"


def test_the_procedure_is_entrenched_even_where_its_article_is_not_named() -> None:
    data = default_data()
    amending = next(a for a in data["articles"] if a["number"] == "19")
    amending["amending"]["entrenched"] = ["15"]
    law = Statutes.from_data(data)
    for name, value in (("notice_days", 1), ("entrenched", ["14"])):
        changed = deepcopy(amending)
        changed["amending"][name] = value
        after = redrafted(law, [{"change": "amend", "article": changed}])
        assert decision_needed(law, after).decision == "entrenched"
    easier = deepcopy(amending)
    easier["decisions"][1]["quorum"] = "0"
    assert decision_needed(law, redrafted(law, [{"change": "amend", "article": easier}])).decision == "entrenched"
    worded = {**amending, "words": "As before, in other words."}
    assert decision_needed(law, redrafted(law, [{"change": "amend", "article": worded}])).decision == "statutes"


def test_without_entrenched_articles_one_decision_is_enough() -> None:
    data = default_data()
    amending = next(a for a in data["articles"] if a["number"] == "19")
    amending["decisions"].pop()
    amending["amending"] = {"decision": "statutes"}
    law = Statutes.from_data(data)
    changed = {**amending, "amending": {"decision": "statutes", "notice_days": 1}}
    assert decision_needed(law, redrafted(law, [{"change": "amend", "article": changed}])).decision == "statutes"


CHANGES = st.one_of(
    st.builds(
        lambda kind, of, words: {"change": kind, "article": article(of, words=words)},
        st.sampled_from(["amend", "add", "burn"]),
        st.sampled_from([a.number for a in LAW.articles]),
        st.text(max_size=3),
    ),
    st.builds(lambda of: {"change": "repeal", "article": of}, st.sampled_from(["1", "8", "16", "99", 3, None])),
    st.builds(lambda n: {"change": "add", "article": plain(str(n))}, st.integers(1, 25)),
    st.none() | st.integers() | st.text(max_size=2),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CHANGES, max_size=4))
def test_any_changes_make_statutes_or_are_refused_in_words(changes: list[Any]) -> None:
    try:
        after = redrafted(LAW, changes)
    except BadInput as error:
        faults = error.faults
    else:
        faults = ()
        assert decision_needed(LAW, after).subject == "statutes"
        assert Statutes.from_data(after.to_data()) == after
    assert all(fault.found and fault.expected and fault.remedy for fault in faults)
