"""Secrets that the record's own work needs: never exported, and they may be erased (design §8.3).

Here lie the key that signs checkpoints and the keys that sign tokens of votes. Whoever has the database has them;
they are kept apart from the public memory so that nothing that reads the record ever shows them.
"""

from sqlalchemy import Connection, delete, insert, select

from newcourse.errors import BadInput, Fault
from newcourse.record.entry import is_name
from newcourse.record.schema import VAULT
from newcourse.record.totals import count_change, row_number


def secret_of(connection: Connection, name: str) -> bytes | None:
    """Return the secret of that name, if one is kept."""
    content: bytes | None = connection.execute(select(VAULT.c.content).where(VAULT.c.name == name)).scalar()
    return content


def require_secret(connection: Connection, name: str) -> bytes:
    """Return the secret of that name.

    Raises
    ------
    BadInput
        If none is kept, or it was erased.
    """
    content = secret_of(connection, name)
    if content is None:
        raise BadInput(
            Fault(
                "secret-unknown", f"vault, {name}", "no such secret", "one that is kept", "it was erased, or never made"
            )
        )
    return content


def keep(connection: Connection, name: str, content: bytes) -> None:
    """Keep a secret under a name, once however often it is kept.

    Raises
    ------
    BadInput
        If the name cannot name anything, or another secret has it.
    """
    if not is_name(name):
        raise BadInput(Fault("label-malformed", "vault, name", ascii(name), "1 to 200 printable characters", "name it"))
    kept = secret_of(connection, name)
    if kept is not None:
        if kept != content:
            raise BadInput(
                Fault("secret-kept", f"vault, {name}", "another secret", "a name that is free", "give another name")
            )
        return
    connection.execute(insert(VAULT), {"name": name, "content": content})
    count_change(connection, VAULT.name, row_number((name, content)))


def erase(connection: Connection, name: str) -> bool:
    """Erase a secret for ever; say whether there was one."""
    content = secret_of(connection, name)
    if content is None:
        return False
    connection.execute(delete(VAULT).where(VAULT.c.name == name))
    count_change(connection, VAULT.name, -row_number((name, content)))
    return True
