"""Words of the laboratory that its pages look up: headings and captions of tables, labels, formations."""

from typing import Final

from newcourse.formations.labelled import LABELS
from newcourse.formations.spaces import BASIS_AND_RULE, DEFAULT

CAPTIONS: Final = (
    "Scenarios", "Hypotheses", "Parameters", "Codings", "Spells", "Worked numbers",
    "How far the verdict can be trusted", "The ladder of models", "The models", "Every number, with its label",
    "Interventions", "Where the countries begin", "Begins otherwise", "What the countries are like", "What happened",
    "Probability of each formation in some years", "Mean probability over the draws", "Answers",
    "Differences from the first branch, draw by draw", "How it was computed",
)  # fmt: skip
"""Captions of tables."""

HEADINGS: Final = (
    "scenario", "years", "hypotheses", "results here", "code", "hypothesis", "claim", "when it does not hold",
    "meaning", "symbol", "name", "usual, assumed", "at least", "at most", "unit", "coding", "title", "reading",
    "state", "formation", "why", "law", "computed", "known", "known answer", "verdict", "in short", "power",
    "false positives", "model", "kind", "held out", "mean log score", "better than the first by",
    "its standard error", "what it is", "search", "number", "value", "label", "source", "intervention", "countries",
    "changes", "country", "superposed", "circumstance", "values", "year", "what happened", "low (5\N{NO-BREAK SPACE}%)",
    "middle", "high (95\N{NO-BREAK SPACE}%)", "probability", "question", "branch", "by", "engine",
)  # fmt: skip
"""Headings of columns."""

CELLS: Final = (
    "yes", "no", "left open", *LABELS, *DEFAULT.titles.values(), *BASIS_AND_RULE.titles.values(), "better",
    "not better", "cannot answer", "not to be trusted", "classical", "quantum-like", "held-out countries",
    "forward in time",
)  # fmt: skip
"""Cells that are words of the program."""
