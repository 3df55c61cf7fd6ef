r"""The essay's words made operational: what each is here, what it is not, where it fails, one number (design §11.4).

Every number is computed by the observable that the word stands for, on a law of a few rates that is stated beside it,
and has a known answer. Content is data, so that pages and tests read the same.

>>> example("entanglement").value.__round__(4), example("contradiction").value.__round__(4)
(0.2744, 0.3333)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import cos, exp, log, pi
from types import MappingProxyType

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.agents.thresholds import riot_sizes
from newcourse.formations.engines.density import evolve
from newcourse.formations.engines.watching import Watch
from newcourse.formations.law import Coupling, Law
from newcourse.formations.observables.coherence import coherence
from newcourse.formations.observables.frustration import frustration
from newcourse.formations.observables.negativity import negativity
from newcourse.formations.runs import Stretch, certain, superposed
from newcourse.formations.spaces import Space

TWO = Space("two formations", {"old": "the old formation", "new": "the new formation"}, {}, {})
"""What the numbers are computed on."""

_FLIP = np.array([[0.0, 1.0], [1.0, 0.0]])
_LONG = 400.0


@dataclass(frozen=True)
class WorkedNumber:
    """A number computed on a small law, beside what it must be.

    Parameters
    ----------
    law
        The law and what is asked of it, in words.
    value
        As the observable gives it.
    known
        What it must be.
    answer
        The known answer as a formula in words, with its source.
    """

    law: str
    value: float
    known: float
    answer: str


@dataclass(frozen=True)
class EssayWord:
    """A word of the essay and what stands for it.

    Parameters
    ----------
    name, title
        Short name, and the word.
    here
        What it is here: something computed.
    formula
        How, in words.
    module
        Where, as the name of a module of New Course.
    hypotheses
        Codes of the hypotheses that use it.
    is_not
        What it is not.
    fails
        Where the analogy fails.
    numbers
        Computes the examples, the main one first.
    """

    name: str
    title: str
    here: str
    formula: str
    module: str
    hypotheses: tuple[str, ...]
    is_not: str
    fails: str
    numbers: Callable[[], tuple[WorkedNumber, ...]] = field(repr=False)


def examples(name: str) -> tuple[WorkedNumber, ...]:
    """Return the numbers of a word; computed once.

    Raises
    ------
    BadInput
        If the essay's word is not there.
    """
    if name not in WORDS:
        expected = "one of " + ", ".join(WORDS)
        raise BadInput(Fault("formation-word", "word", repr(name), expected, "correct the word"))
    return _computed(name)


def example(name: str) -> WorkedNumber:
    """Return the first number of a word."""
    return examples(name)[0]


@cache
def _computed(name: str) -> tuple[WorkedNumber, ...]:
    return WORDS[name].numbers()


def _alone(*, mixing: float = 0.0, detuning: float = 0.0, dephasing: float = 0.0, observed: float = 0.0) -> Law:
    """Return one country of two formations: h, Δ, Γ, and how much a look each year destroys."""
    hamiltonian = np.array([mixing * _FLIP + detuning * np.diag([0.0, 1.0])], complex)
    return Law(TWO, ("A",), np.zeros((1, 2, 2)), hamiltonian, np.full((1, 2), dephasing), observed=observed)


def _contradiction() -> tuple[WorkedNumber, ...]:
    ties = np.ones((3, 3)) - np.eye(3)
    differ = Coupling(np.diag([1.0, -1.0, -1.0, 1.0]), ties)
    law = Law(TWO, ("A", "B", "C"), np.zeros((3, 2, 2)), couplings=(differ,))
    stated = "Three countries of two formations; each of three equal couplings is lowest where its two differ."
    answer = "one coupling of three cannot be satisfied: ⅓ (G. Toulouse, Communications on Physics 2 (1977) 115)"
    pair = Law(TWO, ("A", "B"), np.zeros((2, 2, 2)), couplings=(Coupling(differ.operator, ties[:2, :2]),))
    return (
        WorkedNumber(stated, frustration(law), 1 / 3, answer),
        WorkedNumber("Two countries with one such coupling.", frustration(pair), 0.0, "nothing competes: 0"),
    )


def _cohesion() -> tuple[WorkedNumber, ...]:
    rate = 0.5
    watch = {"left": Watch(("A",), coherence)}
    found = evolve([Stretch(_alone(dephasing=rate), 2.0)], superposed([[0.5, 0.5]]), [1.0], watch=watch)
    stated = "One country evenly in two formations, no coupling, dephasing Γ = 0.5 a year: its coherence after a year."
    return (WorkedNumber(stated, float(found.extras["left"][0]), exp(-rate), "e^(−Γt)"),)


def _superposition() -> tuple[WorkedNumber, ...]:
    even = coherence(np.full((5, 5), 0.2))
    return (
        WorkedNumber(
            "One country evenly superposed in five formations.", even, 4.0,
            "d − 1 (T. Baumgratz, M. Cramer and M. B. Plenio, Physical Review Letters 113 (2014) 140401)",
        ),
        WorkedNumber("A fifth in each of five, as a statistic of enterprises has it.", coherence(np.eye(5) / 5), 0.0,
                     "a mixture has no coherence: 0"),
    )  # fmt: skip


def _collapse() -> tuple[WorkedNumber, ...]:
    looks = 4
    law = _alone(mixing=pi / 2 / looks, observed=1.0)
    found = evolve([Stretch(law, 1.0)], certain(TWO, ["old"]), [1.0])
    stays = float(found.populations[0, 0, 0]) ** looks
    stated = (
        "One country on its way from old to new in four years, looked at at the end of each: the chance that it is "
        "found in the old formation every time. Not looked at, it would have left for certain."
    )
    answer = (
        "(cos² π/2N)^N for N looks (B. Misra and E. C. G. Sudarshan, Journal of Mathematical Physics 18 (1977) 756)"
    )
    return (WorkedNumber(stated, stays, cos(pi / 2 / looks) ** (2 * looks), answer),)


def _entanglement() -> tuple[WorkedNumber, ...]:
    rate, years = 0.3, 1.0
    bond = Law(TWO, ("A", "B"), np.zeros((2, 2, 2)), couplings=(Coupling(np.kron(_FLIP, _FLIP), pi * _FLIP),))
    later = Law(TWO, ("A", "B"), np.zeros((2, 2, 2)), dephasing=np.full((2, 2), rate))
    found = evolve(
        [Stretch(bond, 0.25), Stretch(later, 2.0)], certain(TWO, ["old", "old"]), [0.25 + years],
        watch={"left": Watch(("A", "B"), negativity)},
    )  # fmt: skip
    stated = "Two countries bonded as far as can be (½), then apart, with dephasing Γ = 0.3 a year: after a year."
    return (WorkedNumber(stated, float(found.extras["left"][0]), 0.5 * exp(-2 * rate * years), "½e^(−2Γt)"),)


def _rate(dephasing: float) -> WorkedNumber:
    h, detuning = 0.05, 3.0
    law = _alone(mixing=h, detuning=detuning, dephasing=dephasing)
    moved = float(evolve([Stretch(law, _LONG)], certain(TWO, ["old"]), [_LONG]).populations[0, 0, 1])
    stated = f"One country, coupling h = {h:g}, detuning Δ = {detuning:g}, dephasing Γ = {dephasing:g}: moves a year."
    known = 2 * h**2 * dephasing / (dephasing**2 + detuning**2)
    return WorkedNumber(stated, -log(1 - 2 * moved) / (2 * _LONG), known, "2h²Γ/(Γ² + Δ²), where h is small")


def _decoherence() -> tuple[WorkedNumber, ...]:
    return tuple(map(_rate, (0.5, 3.0, 30.0)))


def _crowd(thresholds: list[int], stated: str, known: int) -> WorkedNumber:
    answer = "M. Granovetter, American Journal of Sociology 83 (1978) 1420"
    return WorkedNumber(stated, float(riot_sizes(thresholds)[0]), float(known), f"{known}: {answer}")


def _emergence() -> tuple[WorkedNumber, ...]:
    changed = [0, 2, *range(2, 100)]
    return (
        _crowd(list(range(100)), "A hundred people; each joins once 0, 1, 2, … 99 others have: so many join.", 100),
        _crowd(changed, "The same, but the one who needed one other needs two: so many join.", 1),
    )


_MODULES = "newcourse.formations"

_ALL = (
    EssayWord(
        "contradiction", "Contradiction",
        "Frustration: by how much couplings between countries cannot all have their way at once.",
        "The lowest energy of all couplings together less the sum of the lowest energies of each alone, as a share of "
        "the widest that could be: 0 where all can be satisfied.",
        f"{_MODULES}.observables.frustration", ("H7",),
        "It is no contradiction in logic and no measure of conflict between classes: it says that given couplings "
        "compete, and nothing about who prevails.",
        "Lowest energy means nothing in a society, since nothing here cools. Couplings that do not commute are "
        "frustrated without any competing interests.",
        _contradiction,
    ),
    EssayWord(
        "cohesion", "Cohesion and decohesion",
        "Coherent couplings, which build superposition up, against dephasing and jumps, which wear it down; measured "
        "by the coherence that is left.",
        "The sizes of all entries of a country's density matrix off its diagonal, added up, followed over time.",
        f"{_MODULES}.observables.coherence", ("H1", "H4b", "H7"),
        "It is neither the solidarity of a class nor order in a country: a country that is for certain in one "
        "formation has no coherence at all and lacks nothing.",
        "What is lost in one country may have gone into what it shares with others. And nobody has measured the phase "
        "of a society, without which there is nothing to be coherent.",
        _cohesion,
    ),
    EssayWord(
        "superposition", "Superposition",
        "Coherence between formations of one country: the sources' combined development, taken at its word.",
        "The sizes of all entries of the density matrix off its diagonal, added up: 0 for a mixture, up to one less "
        "than there are formations.",
        f"{_MODULES}.observables.coherence", ("H1", "H3"),
        "It is not how mixed a society is: half the enterprises in one hand and half in another is a mixture, and has "
        "none. It depends on which formations are called the basic ones.",
        "No observation of formations alone can see it. It shows only in how populations move afterwards, and hidden "
        "classical sub-states can imitate that.",
        _superposition,
    ),
    EssayWord(
        "collapse", "Collapse",
        "Observation: at the end of each year a stated share of every country's coherence is destroyed, as looking "
        "would; a full look leaves one formation or another, with the probabilities there were.",
        "All entries off the diagonal are multiplied by one less the share observed; the diagonal stays.",
        f"{_MODULES}.engines.density", ("H1",),
        "It is not the downfall of a state. That is a jump, restoration for instance, and it is classical. Who looks, "
        "and whether a yearbook looks, is assumed.",
        "Looking often would hold a country where it is (the Zeno effect). No source claims that countries that are "
        "counted more often change less.",
        _collapse,
    ),
    EssayWord(
        "entanglement", "Entanglement",
        "Negativity of two countries: what they share beyond any common history.",
        "The negative eigenvalues of their density matrix with one of the two transposed, added up without the sign: "
        "0 to ½ for two formations.",
        f"{_MODULES}.observables.negativity", ("H7",),
        "It is not solidarity, trade, or any correlation: two countries that always rise together have none if a "
        "common cause or contagion (H6) is enough to say why.",
        "It shows only in measurements of several kinds that exclude each other; history observes one, formations. It "
        "can die in a finite time, where bonds would fade.",
        _entanglement,
    ),
    EssayWord(
        "decoherence", "Decoherence",
        "Dephasing: coherence between formations decays at a rate Γ, and moves between them go over into a rate.",
        "While coherence is short-lived, both ways at twice the coupling squared times Γ, over Γ squared plus the "
        "detuning squared.",
        f"{_MODULES}.engines.density", ("H1", "H4b"),
        "It is not bureaucratic degeneration: H4b makes the one bring about the other, as a hypothesis, and H4a beside "
        "it says the same without.",
        "Dephasing speeds transitions up while Γ < |Δ|, and slows them only beyond: decoherence as mere loss is the "
        "wrong picture. The numbers rise from Γ = 0.5 to Γ = 3 and fall to Γ = 30.",
        _decoherence,
    ),
    EssayWord(
        "emergence", "Emergence",
        "What many do that none of them is like: computed with classical agents, of which only the rule each follows "
        "is stated.",
        "Count who joins when each has a number of others whose joining is enough, until nobody more joins.",
        f"{_MODULES}.agents.thresholds", ("H2", "H6"),
        "It is nothing quantum-like, and no proof that quantity turns into quality: it shows that a leap of the whole "
        "needs no leap of anybody.",
        "The rule of each is assumed. Because two crowds of almost the same dispositions end quite differently, "
        "dispositions cannot be read off what happened.",
        _emergence,
    ),
)  # fmt: skip

WORDS: Mapping[str, EssayWord] = MappingProxyType({word.name: word for word in _ALL})
"""The words by their short names."""
