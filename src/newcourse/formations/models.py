"""Which hypotheses hold and how strongly: a model, and the laws of motion it gives for settings (design §11.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from newcourse.errors import BadInput, Fault
from newcourse.formations.hypotheses.hypothesis import Hypothesis, Indistinct, Parameter
from newcourse.formations.hypotheses.registry import hypothesis
from newcourse.formations.law import Law
from newcourse.formations.runs import Stretch
from newcourse.formations.spaces import DEFAULT, Space
from newcourse.formations.terms import total
from newcourse.formations.worlds import Setting


@dataclass(frozen=True)
class Model:
    """Hypotheses that hold together, with a value for each of their parameters.

    Parameters
    ----------
    name
        Short name.
    space
        Which formations there are.
    hypotheses
        What is switched on, each code once.
    values
        Of their parameters by name; what is not given has its default.

    Raises
    ------
    BadInput
        With all that is wrong: a hypothesis twice, an unknown value, one outside its bounds.

    Examples
    --------
    >>> from newcourse.formations.hypotheses.registry import hypothesis
    >>> model = Model("spread", DEFAULT, (hypothesis("H0"), hypothesis("H6")), {"h6.spread": 0.3})
    >>> model.values["h6.spread"], model.without("H6").codes
    (0.3, ('H0',))
    """

    name: str
    space: Space
    hypotheses: tuple[Hypothesis, ...]
    values: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hypotheses", tuple(self.hypotheses))
        faults = [*_twice(self.name, self.codes), *_value_faults(self.name, self.parameters, self.values)]
        if faults:
            raise BadInput(faults)
        filled = {each.name: float(self.values.get(each.name, each.default)) for each in self.parameters}
        object.__setattr__(self, "values", MappingProxyType(filled))

    def __hash__(self) -> int:
        return hash((self.name, self.space, self.hypotheses, tuple(self.values.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.space, self.hypotheses, dict(self.values))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the hypotheses."""
        return tuple(each.code for each in self.hypotheses)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Parameters of all hypotheses, in their order."""
        return tuple(parameter for each in self.hypotheses for parameter in each.parameters)

    @property
    def nulls(self) -> dict[str, float]:
        """The value of each parameter when its hypothesis does not hold."""
        return {each.name: each.null for each in self.parameters}

    @property
    def indistinct(self) -> tuple[Indistinct, ...]:
        """What data cannot tell apart among the parameters of this model, each reason once."""
        found = dict.fromkeys(reason for each in self.hypotheses for reason in each.indistinct)
        names = {each.name for each in self.parameters}
        return tuple(reason for reason in found if names.issuperset(reason.parameters))

    def with_values(self, values: Mapping[str, float]) -> "Model":
        """Return the model with some values changed."""
        return replace(self, values={**self.values, **values})

    def with_(self, *hypotheses: Hypothesis) -> "Model":
        """Return the model with more hypotheses; one of the same code takes the other's place."""
        new = {each.code: each for each in (*self.hypotheses, *hypotheses)}
        return replace(self, hypotheses=tuple(new.values()))

    def without(self, *codes: str) -> "Model":
        """Return the model with hypotheses switched off."""
        kept = tuple(each for each in self.hypotheses if each.code not in codes)
        names = {parameter.name for each in kept for parameter in each.parameters}
        values = {name: value for name, value in self.values.items() if name in names}
        return replace(self, hypotheses=kept, values=values)

    def at_null(self, *codes: str) -> "Model":
        """Return the model with hypotheses at their nulls: the same laws as without them."""
        nulls = {p.name: p.null for each in self.hypotheses if each.code in codes for p in each.parameters}
        return self.with_values(nulls)

    def law(self, setting: Setting) -> Law:
        """Return the law of motion in a setting.

        Raises
        ------
        BadInput
            When the setting lacks weights that a hypothesis looks at.
        """
        pieces = (each.terms(self.space, setting, self.values) for each in self.hypotheses)
        return total(pieces).law(self.space, setting)

    def stretches(self, settings: Iterable[Setting]) -> tuple[Stretch, ...]:
        """Return the laws of settings that follow one another, each with how long it holds."""
        return tuple(Stretch(self.law(setting), setting.years) for setting in settings)


def model_of(name: str, codes: Sequence[str], values: Mapping[str, float] | None = None, *,
             space: Space = DEFAULT) -> Model:  # fmt: skip
    """Return a model of hypotheses named by their codes, each with its usual choices.

    >>> model_of("Markov", ["H0", "H6"]).codes
    ('H0', 'H6')
    """
    return Model(name, space, tuple(hypothesis(code) for code in codes), values or {})


def _twice(name: str, codes: Sequence[str]) -> Iterable[Fault]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Fault("formation-model", f"model {name!r}", f"{code} twice", "each hypothesis once", "remove one")


def _value_faults(name: str, parameters: Iterable[Parameter], values: Mapping[str, float]) -> Iterable[Fault]:
    known = {each.name: each for each in parameters}
    for unknown in sorted(set(values) - set(known)):
        expected = "one of " + ", ".join(known)
        yield Fault("formation-model", f"model {name!r}", f"value {unknown!r}", expected, "correct or remove the value")
    for key in sorted(set(values) & set(known)):
        fault = known[key].fault(values[key])
        if fault:
            yield fault
