"""Small economies written compactly, for tests that a person can check by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from newcourse.economy.economy import About, Economy

YEAR = 2000
Row = dict[str, Any]
_MONEY = "MEUR"


def about(name: str = "small") -> About:
    return About(name, name, _MONEY, YEAR)


def table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([dict(row) for row in rows])


def economy(
    processes: Mapping[str, Row],
    needs: Mapping[str, Row] | None = None,
    *,
    places: Mapping[str, str] | None = None,
    products: Mapping[str, Row] | None = None,
    supply: Mapping[Any, float] | None = None,
    caps: Mapping[Any, float] | None = None,
    stocks: Mapping[str, Row] | None = None,
    stores: Mapping[Any, float] | None = None,
    trade: Iterable[Row] = (),
    routes: Iterable[Row] = (),
    accounts: Iterable[Row] = (),
    final: Mapping[Any, float] | None = None,
    more: Mapping[str, Iterable[Row]] | None = None,
) -> Economy:
    """Make an economy.

    ``processes``: per code what it ``makes`` and ``takes`` (by product, or by (place, product)), ``factors``,
    ``emits``, ``stocks``, and any further fields of its table. ``needs``: per code fields of its table; the place is P
    and the product the code if left out. Keys of ``supply``, ``caps``, ``stores`` and ``final`` are labels at place P,
    or (place, label). ``places``: parent by code. ``more``: rows of further tables by name.
    All products are in tonnes unless ``products`` says otherwise.
    """
    needs = needs or {}
    rows = [{"process": code, **row} for code, row in processes.items()]
    place_rows = [
        {"place": code, "name": f"place {code}", "level": "region" if parent else "federation", "parent": parent}
        for code, parent in (places or {"P": ""}).items()
    ]
    need_rows = [
        {"need": code, "name": f"need {code}", "place": "P", "product": code, **row} for code, row in needs.items()
    ]
    stock_rows = [{"stock": code, "name": f"stock {code}", "place": "P", **row} for code, row in (stocks or {}).items()]
    tables: dict[str, pd.DataFrame] = {
        "places": table(place_rows),
        "processes": table(
            {k: v for k, v in {"name": r["process"], "place": "P", "unit": "t", **r}.items() if k not in _PARTS}
            for r in rows
        ),
        "outputs": _goods(rows, "makes"),
        "inputs": _goods(rows, "takes"),
        "factor_use": _labels(rows, "factors", "factor"),
        "emission_use": _labels(rows, "emits", "emission"),
        "stock_use": _labels(rows, "stocks", "stock"),
        "factor_supply": _placed(supply or {}, "factor"),
        "emission_caps": _placed(caps or {}, "emission"),
        "stocks": table(stock_rows),
        "needs": table(need_rows),
        "stores": _placed(stores or {}, "product"),
        "final_uses": _placed(final or {}, "product").assign(category="final"),
        "trade": table({"place": "P", **row} for row in trade),
        "routes": table(routes),
        "accounts": table({"place": "P", **row} for row in accounts),
    }
    tables |= {name: table(listed) for name, listed in (more or {}).items()}
    tables["products"] = _listed(tables, "product", "t", products or {})
    tables["factors"] = _listed(tables, "factor", "Mhour", {})
    tables["emissions"] = _listed(tables, "emission", "kt", {})
    return Economy(about(), {name: frame for name, frame in tables.items() if len(frame)})


_PARTS = ("makes", "takes", "factors", "emits", "stocks")


def _at(key: Any, place: str = "P") -> tuple[str, str]:
    return key if isinstance(key, tuple) else (place, key)


def _goods(rows: list[Row], part: str) -> pd.DataFrame:
    return table(
        {"process": row["process"], "place": _at(key, row.get("place", "P"))[0], "product": _at(key)[1], "quantity": q}
        for row in rows
        for key, q in row.get(part, {}).items()
    )


def _labels(rows: list[Row], part: str, key: str) -> pd.DataFrame:
    return table(
        {"process": row["process"], key: label, "quantity": q} for row in rows for label, q in row.get(part, {}).items()
    )


def _placed(amounts: Mapping[Any, float], key: str) -> pd.DataFrame:
    return table({"place": _at(label)[0], key: _at(label)[1], "quantity": q} for label, q in amounts.items())


def _listed(tables: Mapping[str, pd.DataFrame], key: str, unit: str, more: Mapping[str, Row]) -> pd.DataFrame:
    found = [str(code) for frame in tables.values() if key in frame for code in frame[key]]
    rows = [{key: code, "name": code, "unit": unit, **more.get(code, {})} for code in dict.fromkeys([*found, *more])]
    return table(rows)
