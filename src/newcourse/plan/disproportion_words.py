"""The main things about disproportion, in words (design §6.4, §6.5)."""

import numpy as np
import pandas as pd

from newcourse.plan.balanced_growth import BalancedGrowth
from newcourse.plan.plan import Plan
from newcourse.plan.sentences import and_list, number


def disproportion_in_words(
    plan: Plan,
    balanced: BalancedGrowth | str,
    growth: pd.DataFrame,
    distance: pd.DataFrame,
    capacity: pd.DataFrame,
    departments: pd.DataFrame,
) -> tuple[str, ...]:
    """Return sentences about balance, growth of branches, proportions, capacity, and the two departments.

    Parameters
    ----------
    plan
        What is measured.
    balanced
        The balanced growth, or the code of the reason why there is none.
    growth, distance, capacity, departments
        As :class:`~newcourse.plan.disproportion.Disproportion` has them.
    """
    if isinstance(balanced, str):
        found = [_of_no_balance(plan, balanced), _of_growth(growth)]
    else:
        found = [_of_balance(plan, balanced), _of_growth(growth), _of_distance(distance)]
    if len(capacity):
        found.append(_of_capacity(plan, capacity))
    return (*found, _of_departments(plan, departments))


def signed(part: float) -> str:
    """Return a part of one as a signed percentage.

    >>> signed(0.0143), signed(-0.02), signed(-0.0001)
    ('+1.4%', '−2.0%', '0.0%')
    """
    text = f"{part:+.1%}".replace("-", "−")
    return "0.0%" if text[1:] == "0.0%" else text


def _of_balance(plan: Plan, balanced: BalancedGrowth) -> str:
    period = plan.economy.about.period
    low, high = (f"{bound:.4%}".replace("-", "−") for bound in (balanced.lower, balanced.upper))
    return (
        f"If all branches grew alike, with the consumption per unit of work and the trade of {plan.periods[0]}, they "
        f"could grow by {balanced.rate:.2%} a {period} (proved: between {low} and {high})."
    ).replace(" -", " −")


def _of_no_balance(plan: Plan, code: str) -> str:
    if code == "growth-unlimited":
        return (
            "Nothing has to be in place or made beforehand in this economy, so balanced growth has no limit that the "
            "plan could be measured by."
        )
    return (
        f"What people consume in {plan.periods[0]} for their work cannot be made again from this work at any rate of "
        "growth: it lives on what was made before. So there is no balanced growth to measure by."
    )


def _of_growth(growth: pd.DataFrame) -> str:
    known = growth.dropna(subset="growth")
    if known.empty:
        return "Nothing was made before, so there is no growth to compare."
    mean = known.groupby("name", sort=False)["growth"].mean().sort_values(kind="stable")
    slow, fast = mean.index[0], mean.index[-1]
    return (
        f"In the plan {fast} grows fastest ({signed(mean.iloc[-1])} on average) and {slow} slowest "
        f"({signed(mean.iloc[0])})."
    )


def _of_distance(distance: pd.DataFrame) -> str:
    first, last = distance.iloc[0], distance.iloc[-1]
    way = "nearer to" if last["angle"] < first["angle"] else "farther from"
    begin, end = int(first["period"]), int(last["period"])
    then, now = (float(np.exp(row["hilbert"])) for row in (first, last))
    return (
        f"By the end of {end} production is {way} the balanced proportions than in {begin}: {first['angle']:.1f}° "
        f"apart in {begin}, {last['angle']:.1f}° in {end}. The branch most too large is too large beside the one "
        f"most too small by a factor of {then:.2f} in {begin} and of {now:.2f} in {end}."
    )


def _of_capacity(plan: Plan, capacity: pd.DataFrame) -> str:
    last = capacity[capacity["period"] == plan.periods[-1]]
    value = float(last["value"].sum())
    idle = float((last["value"] * (1.0 - last["part"].clip(upper=1.0))).sum())
    text = (
        f"In {plan.periods[-1]} capital worth {number(idle)} {plan.economy.about.currency} of {number(value)} stands "
        f"idle ({idle / value if value else 0.0:.1%})"
    )
    over = last[last["state"] == "overloaded"].sort_values("valuation", ascending=False, kind="stable")
    if over.empty:
        return f"{text}; no stock is overloaded."
    worst = [_no_capital(name) for name in over["name"].head(3)]
    return f"{text}; {len(over)} of {len(last)} stocks are overloaded, most of all {and_list(worst)}."


def _of_departments(plan: Plan, departments: pd.DataFrame) -> str:
    columns = ("period", "department", "output", "share")
    rows = {
        (int(p), str(d)): (float(o), float(s)) for p, d, o, s in zip(*(departments[c] for c in columns), strict=True)
    }
    first, last = plan.periods[0], plan.periods[-1]
    (capital, part), (consumed, other) = rows[first, "capital"], rows[first, "consumption"]
    text = f"{part:.1%} of all production in {first} works for new capital, {other:.1%} for consumption"
    later = [rows[last, end][0] for end in ("capital", "consumption")]
    if first == last or min(capital, consumed, *later) <= 0:
        return f"{text}.".replace("-", "−")
    one, two = ((now / then) ** (1.0 / (last - first)) for now, then in zip(later, (capital, consumed), strict=True))
    bias, period = one / two - 1.0, plan.economy.about.period
    return (
        f"{text}. To {last} the first grows by {signed(one - 1.0)} a {period} and the second by {signed(two - 1.0)}: "
        f"what works for capital grows {abs(bias):.1%} a {period} {'faster' if bias > 0 else 'slower'}."
    )


def _no_capital(name: str) -> str:
    return name[:1].lower() + name[1:]
