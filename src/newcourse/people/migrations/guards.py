"""What a step back must not do. Used by released revisions: add functions, do not edit them."""

from alembic import op
from sqlalchemy import text

from newcourse.errors import BadInput, Fault


def require_empty(*tables: str) -> None:
    """Refuse to take tables away that hold anything: somebody could not sign in any more.

    Raises
    ------
    BadInput
        Naming every table that holds something.
    """
    faults = []
    for table in tables:
        count = op.get_bind().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 (own names)
        if count:
            expected = "an empty table: the older version has no place for it"
            remedy = "stay with this version, or erase the accounts concerned first"
            faults.append(Fault("downgrade-would-forget", f"table {table}", f"{count} rows", expected, remedy))
    if faults:
        raise BadInput(faults)
