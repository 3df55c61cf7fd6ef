"""Triggers by which the database itself refuses to change what the record holds (design §3).

They stop mistakes and other programs, not the owner of the database, who can drop them; that is what hashes and
witnesses are for. Used by released revisions: add functions, do not edit them.
"""

from typing import Final

from alembic import op
from sqlalchemy import text

from newcourse.errors import BadInput, Fault

_POSTGRESQL_REFUSAL: Final = """
CREATE FUNCTION record_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$
"""


def make_refusal() -> None:
    """Create what the PostgreSQL triggers call; SQLite needs nothing."""
    if _on_postgresql():
        op.execute(_POSTGRESQL_REFUSAL)


def drop_refusal() -> None:
    """Undo :func:`make_refusal`."""
    if _on_postgresql():
        op.execute("DROP FUNCTION record_refuses()")


def refuse_changes(table: str, keys: tuple[str, ...]) -> None:
    """Let rows of a table be inserted, never updated or deleted.

    Parameters
    ----------
    table
        Name of the table.
    keys
        Its unique columns: SQLite's ``INSERT OR REPLACE`` deletes the old row without asking a DELETE trigger, so
        there a row whose key exists is refused before it can replace.
    """
    if _on_postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION record_refuses()"
        )
        refuse_truncation(table)
        return
    for event in ("UPDATE", "DELETE"):
        _sqlite_trigger(f"{table}_no_{event.lower()}", f"BEFORE {event} ON {table}", f"{event} on {table}")
    same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    _sqlite_trigger(
        f"{table}_no_replace",
        f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608 (own names)
        f"REPLACE on {table}",
    )


def only_forwards(table: str) -> None:
    """Let the single row of a table be updated only to a higher ``sequence``, never deleted."""
    if _on_postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_only_forwards BEFORE UPDATE ON {table} FOR EACH ROW "
            "WHEN (NEW.sequence <= OLD.sequence OR NEW.id <> OLD.id) EXECUTE FUNCTION record_refuses()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION record_refuses()"
        )
        refuse_truncation(table)
        return
    backwards = "NEW.sequence <= OLD.sequence OR NEW.id <> OLD.id"
    _sqlite_trigger(f"{table}_only_forwards", f"BEFORE UPDATE ON {table} WHEN {backwards}", f"UPDATE on {table}")
    _sqlite_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", f"DELETE on {table}")
    exists = f"WHEN EXISTS (SELECT 1 FROM {table})"  # noqa: S608 (own names)
    _sqlite_trigger(f"{table}_no_replace", f"BEFORE INSERT ON {table} {exists}", f"REPLACE on {table}")


def refuse_truncation(table: str) -> None:
    """Refuse PostgreSQL's TRUNCATE, which asks no row trigger."""
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_refuses()"
    )


def refuse_changes_of(table: str, key: tuple[str, ...]) -> None:
    """Let rows of a table be inserted, never updated or deleted, where several columns together are its key."""
    if _on_postgresql():
        refuse_changes(table, key)
        return
    for event in ("UPDATE", "DELETE"):
        _sqlite_trigger(f"{table}_no_{event.lower()}", f"BEFORE {event} ON {table}", f"{event} on {table}")
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 (own names)
    _sqlite_trigger(f"{table}_no_replace", f"BEFORE INSERT ON {table} {exists}", f"REPLACE on {table}")


def refuse_updates(table: str, key: str) -> None:
    """Let rows of a table be inserted and deleted, never updated."""
    if _on_postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_rows_stay BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION record_refuses()"
        )
        refuse_truncation(table)
        return
    _sqlite_trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", f"UPDATE on {table}")
    exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 (own names)
    _sqlite_trigger(f"{table}_no_replace", f"BEFORE INSERT ON {table} {exists}", f"REPLACE on {table}")


def only_more_changes(table: str) -> None:
    """Let rows of a table be updated only to a higher ``changes``, under the same ``name``; none come or go."""
    backwards = "NEW.changes <= OLD.changes OR NEW.name <> OLD.name"
    if _on_postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_only_more BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({backwards}) EXECUTE FUNCTION record_refuses()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE INSERT OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION record_refuses()"
        )
        refuse_truncation(table)
        return
    _sqlite_trigger(f"{table}_only_more", f"BEFORE UPDATE ON {table} WHEN {backwards}", f"UPDATE on {table}")
    _sqlite_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", f"DELETE on {table}")
    _sqlite_trigger(f"{table}_no_insert", f"BEFORE INSERT ON {table}", f"INSERT on {table}")


def require_empty(table: str) -> None:
    """Refuse to take away a table that holds public memory."""
    count = op.get_bind().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 (own names)
    if count:
        raise BadInput(
            Fault(
                "downgrade-would-forget",
                f"table {table}",
                f"{count} rows",
                "no rows: a downgrade never forgets what is on the record",
                "export the record and import it into a new database of the older version",
            )
        )


def _sqlite_trigger(name: str, event: str, refused: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} {event} BEGIN "
        f"SELECT RAISE(ABORT, 'the record is append-only: {refused} is refused'); END"
    )


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
