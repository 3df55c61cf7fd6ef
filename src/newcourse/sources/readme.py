"""A short text for people to lie beside the tables of an economy."""

from newcourse.economy.economy import Economy
from newcourse.economy.schema import SCHEMA


def readme(economy: Economy) -> str:
    """Return what the folder is, where it comes from, on what terms, and which tables it has, as Markdown."""
    about = economy.about
    kinds = economy["assumptions"]["kind"].value_counts()
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    tables = [f"- `{s.name}` ({len(economy[s.name])} rows): {s.meaning}" for s in SCHEMA if len(economy[s.name])]
    return "\n".join(
        [
            f"# {about.title}",
            "",
            about.description,
            "",
            f"- Source: {about.source}",
            f"- Terms: {about.terms}",
            f"- Money: {about.currency}, base year {about.year}; one period is a {about.period}",
            f"- Residuals: {about.residuals}",
            f"- Assumptions, each in `assumptions`: {counted}",
            "",
            "## Tables",
            "",
            *tables,
            "",
        ]
    )
