"""Names and units of everything in an economy, for sentences."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from newcourse.economy.economy import Economy

_WITH_UNIT: Final = {"products": "product", "processes": "process", "factors": "factor", "emissions": "emission"}
_WITHOUT_UNIT: Final = {"places": "place", "stocks": "stock", "needs": "need", "projects": "project"}

WHOLE: Final = "piece"
"""Unit that projects are counted in: whole ones."""


class Names:
    """Looks up what codes are called and in which unit they are counted.

    Parameters
    ----------
    economy
        Whose codes are looked up.
    """

    def __init__(self, economy: Economy) -> None:
        self._economy = economy
        self.currency = economy.about.currency

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[str, str]]:
        return {
            key: dict(zip(self._economy[table][key], self._economy[table]["name"], strict=True))
            for table, key in (_WITH_UNIT | _WITHOUT_UNIT).items()
        }

    @cached_property
    def _units(self) -> Mapping[str, Mapping[str, str]]:
        units = {
            key: dict(zip(self._economy[table][key], self._economy[table]["unit"], strict=True))
            for table, key in _WITH_UNIT.items()
        }
        for table, key in (("stocks", "stock"), ("needs", "need")):
            frame = self._economy[table]
            units[key] = {
                code: units["product"][product] for code, product in zip(frame[key], frame["product"], strict=True)
            }
        return {**units, "project": dict.fromkeys(self._economy["projects"]["project"], WHOLE)}

    def place(self, code: str) -> str:
        """Return the name of a place."""
        return self._tables["place"][code]

    def product(self, code: str) -> str:
        """Return the name of a product."""
        return self._tables["product"][code]

    def process(self, code: str) -> str:
        """Return the name of a process."""
        return self._tables["process"][code]

    def factor(self, code: str) -> str:
        """Return the name of a factor."""
        return self._tables["factor"][code]

    def emission(self, code: str) -> str:
        """Return the name of an emission."""
        return self._tables["emission"][code]

    def stock(self, code: str) -> str:
        """Return the name of a stock."""
        return self._tables["stock"][code]

    def need(self, code: str) -> str:
        """Return the name of a need."""
        return self._tables["need"][code]

    def project(self, code: str) -> str:
        """Return the name of a project."""
        return self._tables["project"][code]

    def unit(self, kind: str, code: str) -> str:
        """Return the unit of a product, process, factor, emission, stock, need or project."""
        return self._units[kind][code]

    def places(self) -> Mapping[str, str]:
        """Return the names of all places by code."""
        return self._tables["place"]
