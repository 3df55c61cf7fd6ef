"""Supply-use tables of one country as an economy (ESA 2010, ch. 9; Eurostat manual of supply, use and I-O tables).

Industries become processes with joint products; total use is domestic and imported use together, so that imports are
a supply of the same product and the plan may choose between making and buying. A negative entry, which official tables
have now and then, goes to the other side: less than nothing made is something used. Every balance stays as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from newcourse.economy.economy import About, Economy
from newcourse.sources.concordance import Concordance
from newcourse.sources.tidy import CONSUMPTION, factor_tables, final_use_tables, listed, long


@dataclass(frozen=True, slots=True)
class Meta:
    """Name, money, year, place, source and terms of a national table."""

    name: str
    title: str
    currency: str
    year: int
    place: str
    place_name: str
    source: str
    terms: str


@dataclass(frozen=True, eq=False)
class SupplyUse:
    """Checked supply-use tables in money.

    Parameters
    ----------
    make, use
        Products × industries; use is of domestic and imported products together.
    final
        Products × categories, without exports.
    imports, exports
        By product.
    factors, emissions
        By (code, name, unit): amounts by industry.
    rows
        Further rows by industry as the source states them.
    product_names, industry_names
        Names in words by code.
    """

    meta: Meta
    make: pd.DataFrame
    use: pd.DataFrame
    final: pd.DataFrame
    imports: pd.Series
    exports: pd.Series
    factors: Mapping[tuple[str, str, str], pd.Series] = field(default_factory=dict)
    emissions: Mapping[tuple[str, str, str], pd.Series] = field(default_factory=dict)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    product_names: Mapping[str, str] = field(default_factory=dict)
    industry_names: Mapping[str, str] = field(default_factory=dict)


def aggregated(tables: SupplyUse, concordance: Concordance) -> SupplyUse:
    """Return the tables with products and industries added up by one concordance for both.

    Raises
    ------
    BadInput
        With every code that the concordance lacks or that the tables lack.
    """
    listed(concordance.faults(tables.make.index))
    order = concordance.ordered(concordance.product(tables.make.index))

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.groupby(concordance.product(frame.index)).sum().reindex(order)

    def series(values: pd.Series) -> pd.Series:
        return values.groupby(concordance.product(values.index)).sum().reindex(order)

    return SupplyUse(
        meta=tables.meta,
        make=rows(rows(tables.make).T).T,
        use=rows(rows(tables.use).T).T,
        final=rows(tables.final),
        imports=series(tables.imports),
        exports=series(tables.exports),
        factors={key: series(values) for key, values in tables.factors.items()},
        emissions={key: series(values) for key, values in tables.emissions.items()},
        rows=rows(tables.rows.T).T if len(tables.rows) else tables.rows,
        product_names={code: concordance.target(code, tables.product_names.get(code, "")).name for code in order},
        industry_names={code: concordance.target(code, tables.industry_names.get(code, "")).name for code in order},
    )


def economy_of(tables: SupplyUse, concordance: Concordance) -> Economy:
    """Return supply-use tables as an economy whose base year is exactly theirs.

    Negative changes of inventories become stores that are there at the start. Needs ask for what final users got;
    factors are supplied as they were used; the account's credit is the base year's deficit.
    """
    data = aggregated(tables, concordance)
    meta, place = data.meta, data.meta.place
    output = data.make.sum(axis=0)
    running = output.index[(output > 0).to_numpy()]
    made = data.make.clip(lower=0.0) - data.use.clip(upper=0.0)
    used = data.use.clip(lower=0.0) - data.make.clip(upper=0.0)
    make, use = (frame[running] / output[running] for frame in (made, used))
    final_uses, stores, needs = final_use_tables(data.final, place)
    imports, exports = data.imports, data.exports
    return Economy(
        About(
            name=meta.name,
            title=meta.title,
            currency=meta.currency,
            year=meta.year,
            source=meta.source,
            terms=meta.terms,
            residuals=_residuals(data),
        ),
        {
            "places": pd.DataFrame({"place": [place], "name": [meta.place_name], "level": ["federation"]}),
            "products": _products(data, concordance),
            "processes": pd.DataFrame(
                {
                    "process": running,
                    "name": [data.industry_names[code] for code in running],
                    "place": place,
                    "unit": meta.currency,
                    "base": output[running].to_numpy(),
                }
            ),
            "outputs": long(make, ("product", "process")).assign(place=place),
            "inputs": long(use, ("product", "process")).assign(place=place),
            **factor_tables("factor", data.factors, output, place),
            **factor_tables("emission", data.emissions, output, place),
            "needs": needs,
            "final_uses": final_uses,
            "stores": stores,
            "trade": pd.DataFrame(
                {"place": place, "product": imports.index, "imports": imports.array, "exports": exports.array}
            )[((imports > 0) | (exports > 0)).to_numpy()],
            "accounts": pd.DataFrame({"place": [place], "credit": [float(imports.sum() - exports.sum())]}),
        },
    )


def _products(data: SupplyUse, concordance: Concordance) -> pd.DataFrame:
    codes = list(data.make.index)
    targets = [concordance.target(code) for code in codes]
    return pd.DataFrame(
        {
            "product": codes,
            "name": [data.product_names.get(code, code) for code in codes],
            "unit": data.meta.currency,
            "branch": [target.branch for target in targets],
            "group": [target.group or CONSUMPTION for target in targets],
            "storable": [target.storable for target in targets],
        }
    )


def _residuals(data: SupplyUse) -> str:
    supply = data.make.sum(axis=1) + data.imports
    use = data.use.sum(axis=1) + data.final.sum(axis=1) + data.exports
    parts = [f"largest open balance of a product: {(supply - use).abs().max():.3g} {data.meta.currency}"]
    negative = sum(float(-frame.clip(upper=0.0).to_numpy().sum()) for frame in (data.make, data.use))
    if negative:
        parts.append(f"negative entries of supply and use, {negative:.10g} {data.meta.currency} in all, change sides")
    return "; ".join(parts)
