"""The scissors of 1923 as a worked case: labelled numbers, published figures met, levers side by side (§6.2)."""

import json
from typing import Any

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.plan.market.case import Case, case_from_data
from newcourse.plan.market.outcomes import Compared, beside_published, compare_options
from newcourse.sources.market_case import case_names, read_case


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("scissors-1923")


@pytest.fixture(scope="module")
def short(case: Case) -> Compared:
    return compare_options(case, case.readings[0])


@pytest.fixture(scope="module")
def dear(case: Case) -> Compared:
    return compare_options(case, case.readings[1])


def test_every_number_is_labelled_and_sourced(case: Case) -> None:
    labels = {number.stated.label for number in case.numbers}
    assert labels == {"literature", "fitted", "assumed"}
    assert all(number.meaning for number in case.numbers)
    assert all(number.stated.source for number in case.numbers if number.stated.label == "literature")
    assert case_names() == ["scissors-1923"]


def test_the_base_year_and_october_1923_are_met(case: Case, short: Compared, dear: Compared) -> None:
    for compared in (short, dear):
        met = {checked.what: checked for checked in beside_published(case, compared)}
        for name in ("scissors in October 1923", "industrial prices in October 1923", "farm prices in October 1923"):
            assert met[name].model == pytest.approx(met[name].published, rel=2e-3), name
        marketed = met["part of farm output that left the village before the war"]
        assert marketed.model == pytest.approx(marketed.published, abs=1e-3)


def test_the_same_scissors_have_two_readings(short: Compared, dear: Compared) -> None:
    assert short.results[0].first.unsold == 0
    assert dear.results[0].first.unsold > 0.2
    freed = next(result for result in dear.results if result.name == "credit-ended")
    assert freed.first.scissors < 2


def test_levers_do_what_theory_says(short: Compared) -> None:
    first = {result.name: result.first for result in short.results}
    was = first["as-it-was"]
    for name in ("tax", "imports", "cheaper", "slower"):
        assert first[name].scissors < was.scissors, name
        assert first[name].village > was.village, name
    assert first["faster"].scissors > was.scissors
    last = {result.name: result.periods[-1] for result in short.results}
    assert last["faster"].scissors < last["as-it-was"].scissors < last["slower"].scissors
    assert last["faster"].capacity > last["as-it-was"].capacity > last["slower"].capacity
    assert first["tax"].taxes["poor"] == 0
    assert first["tax"].taxes["better-off"] > first["tax"].taxes["middle"] > 0
    assert first["tax"].real["poor"] > was.real["poor"]
    assert first["imports"].balance == pytest.approx(0, abs=1e-9)
    assert len(short.words()) == len(short.results) - 1
    assert all("Checked apart" in period.certified for result in short.results for period in result.periods)


def test_a_number_without_a_label_is_refused() -> None:
    from newcourse.sources.market_case import _roots

    data: dict[str, Any] = json.loads((_roots()[-1] / "scissors-1923" / "case.json").read_text(encoding="utf-8"))
    data["producers"][0]["base"] = 20.0
    with pytest.raises(BadInput, match="number-unlabelled"):
        case_from_data(data)
    data["producers"][0]["base"] = "poor-farm"
    data["numbers"]["poor-farm"]["label"] = "well known"
    with pytest.raises(BadInput, match="label"):
        case_from_data(data)
    del data["groups"]
    with pytest.raises(BadInput):
        case_from_data(data)


def test_a_case_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="scissors-1923"):
        read_case("no such case")


def test_prices_are_finite(short: Compared) -> None:
    assert all(np.isfinite(period.prices) for result in short.results for period in result.periods)
