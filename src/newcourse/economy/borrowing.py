"""The rows of techniques that places take over from each other, all loans in whole arrays (design §5.1)."""

from typing import Final

import pandas as pd

from newcourse.economy.economy import Economy

Rows = dict[str, pd.DataFrame]
PARTS: Final = ("outputs", "inputs", "factor_use", "emission_use", "stock_use")
"""Tables that say what a process makes and takes, by process."""


def borrowed_rows(economy: Economy, loans: pd.DataFrame, cost: float) -> Rows:
    """Return the table rows of processes as other places would run them.

    Parameters
    ----------
    economy
        That has the processes.
    loans
        Columns ``lender`` (a process) and ``place`` (that takes its technique over); each pair once.
    cost
        Part by which everything taken but capital is more than at home.

    Returns
    -------
    dict of DataFrame
        By table. Loans of which the place has not every stock of its own that the technique needs are left out.
    """
    listed = economy["processes"].set_index("process").loc[loans["lender"]].reset_index(names="lender")
    home, place = listed["place"], loans["place"].reset_index(drop=True)
    listed = listed.assign(home=home, place=place, process=_codes(listed["lender"], home, place))
    stocks = _own_stocks(economy, listed)
    listed = listed[~listed["process"].isin(stocks.loc[stocks["stock"] == "", "process"])]
    rows = {"outputs": _parts(economy["outputs"], listed, 0.0)}
    rows |= {part: _parts(economy[part], listed, cost) for part in ("inputs", "factor_use", "emission_use")}
    rows["stock_use"] = stocks[stocks["process"].isin(listed["process"])]
    rows["processes"] = _processes(economy, listed)
    return rows


def summed_goods(goods: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a process with the quantities of the same good added up."""
    return goods.groupby(["process", "place", "product"], sort=False)["quantity"].sum().reset_index()


def _codes(lender: pd.Series, home: pd.Series, place: pd.Series) -> list[str]:
    triples = zip(lender, home, place, strict=True)
    return [f"{there}.{str(process).removeprefix(f'{here}.')}<{here}" for process, here, there in triples]


def _processes(economy: Economy, listed: pd.DataFrame) -> pd.DataFrame:
    names = economy["places"].set_index("place")["name"].loc[listed["place"]].to_list()
    words = [f"{name}, taken over by {place}" for name, place in zip(listed["name"], names, strict=True)]
    made = listed.assign(name=words, base=0.0, borrowed_from=listed["lender"])
    return made[economy["processes"].columns]


def _parts(table: pd.DataFrame, listed: pd.DataFrame, cost: float) -> pd.DataFrame:
    """Return the lenders' rows of one table as the borrowers' own, all goods of the lender's home included."""
    loans = listed[["lender", "process", "home", "place"]].rename(columns={"place": "taker"})
    rows = loans.merge(table.rename(columns={"process": "lender"}), on="lender")
    if "place" in rows:
        rows["place"] = rows["place"].where(rows["place"] != rows["home"], rows["taker"])
        rows = summed_goods(rows)
    return rows[table.columns].assign(quantity=rows["quantity"] * (1.0 + cost))


def _own_stocks(economy: Economy, listed: pd.DataFrame) -> pd.DataFrame:
    """Return the stocks that the borrowers would use: their own of the same product and holder, or an empty code."""
    stocks = economy["stocks"]
    kinds = stocks[["stock", "product", "holder"]]
    wanted = (
        listed[["lender", "process", "place"]]
        .merge(economy["stock_use"].rename(columns={"process": "lender"}), on="lender")
        .merge(kinds, on="stock")
        .drop(columns="stock")
    )
    own = stocks[["place", "product", "holder", "stock"]]
    single = own.drop_duplicates(["place", "product", "holder"], keep=False)
    found = wanted.merge(single, on=["place", "product", "holder"], how="left")
    return found.assign(stock=found["stock"].fillna(""))[["process", "stock", "quantity"]]
