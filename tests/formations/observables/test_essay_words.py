"""Words of the essay: every number is the known one, every module and hypothesis named is there."""

from importlib import import_module
from math import exp

import pytest

from newcourse.errors import BadInput
from newcourse.formations.hypotheses.registry import HYPOTHESES
from newcourse.formations.observables.words import WORDS, example, examples


@pytest.mark.parametrize("name", WORDS)
def test_every_number_is_the_known_one(name: str) -> None:
    for number in examples(name):
        assert number.value == pytest.approx(number.known, rel=5e-3, abs=1e-9), number.law


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("contradiction", 1 / 3), ("cohesion", exp(-0.5)), ("superposition", 4.0), ("collapse", 0.5308),
        ("entanglement", 0.5 * exp(-0.6)), ("decoherence", 0.0025 / 9.25), ("emergence", 100.0),
    ],
)  # fmt: skip
def test_known_answers_by_hand(name: str, known: float) -> None:
    assert example(name).value == pytest.approx(known, rel=5e-3)


def test_dephasing_speeds_moves_up_below_the_detuning_and_slows_them_beyond() -> None:
    slow, fast, frozen = (number.value for number in examples("decoherence"))
    assert slow < fast > frozen


def test_words_name_what_is_there_and_say_all_of_it() -> None:
    for word in WORDS.values():
        assert import_module(word.module)
        assert set(word.hypotheses) <= set(HYPOTHESES)
        assert all(len(said) > 40 for said in (word.here, word.formula, word.is_not, word.fails))


def test_numbers_are_computed_once() -> None:
    assert examples("emergence") is examples("emergence")


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(BadInput, match="superposition"):
        examples("aura")
