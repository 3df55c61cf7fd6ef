"""Plans and tables to take away: the whole plan as JSON, each of its tables as CSV with all digits."""

import json

from newcourse.errors import BadInput, Fault
from newcourse.plan.plan import TABLES
from newcourse.record.canonical import canonical_json
from newcourse.web.site import Site


def plan_json(site: Site, address: str) -> bytes:
    """Return a plan as JSON, as :meth:`newcourse.plan.plan.Plan.to_data` says it."""
    data = site.plan(address).to_data()
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def plan_csv(site: Site, address: str, table: str) -> bytes:
    """Return one table of a plan as CSV.

    Raises
    ------
    BadInput
        If a plan has no such table.
    """
    if table not in TABLES:
        expected = ", ".join(TABLES)
        raise BadInput(Fault("table-unknown", "tables of a plan", table, expected, "follow a link to a table"))
    return site.plan(address)[table].to_csv(index=False, lineterminator="\n").encode()


def trace_json(site: Site, vote: str) -> bytes:
    """Return all that is needed to count a closed vote again, as canonical JSON."""
    return canonical_json(site.federation.trace(vote))


def ballots_json(site: Site, vote: str) -> bytes:
    """Return the published ballots of a vote, byte for byte: their hash is the address that the record cites.

    Raises
    ------
    BadInput
        If there is no such vote, or its ballots are not published yet.
    """
    site.federation.ballots(vote)
    return site.federation.record.fetch(site.federation.vote(vote).published).content
