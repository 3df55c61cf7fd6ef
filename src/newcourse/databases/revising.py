"""Brings the tables of a database up to this version, or back, by Alembic's revisions (design §13)."""

from collections.abc import Callable
from dataclasses import dataclass

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from newcourse.databases.opening import lock, reaching, writing
from newcourse.errors import BadInput, Fault


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions of one set of tables.

    Parameters
    ----------
    what
        What is kept in them, such as ``record``: begins the codes of faults.
    location
        Where the revisions are, as Alembic writes it: ``newcourse.record:migrations``.
    table
        Table that says which revision a database has.
    key
        Eight bytes that every process takes to lock the same thing.
    """

    what: str
    location: str
    table: str
    key: bytes

    def upgrade(
        self, engine: Engine, revision: str = "head", begin: Callable[[Connection], None] | None = None
    ) -> None:
        """Make or renew the tables; do nothing if they are as they should be. Safe for several processes at once.

        Parameters
        ----------
        engine
            From :func:`newcourse.databases.opening.engine_for`.
        revision
            Where to go.
        begin
            Done first, in the same transaction.

        Raises
        ------
        BadInput
            If the database was made by a newer version.
        """
        with reaching(engine, self.what):
            if revision == "head" and self.current(engine) == self.newest:
                return
            with writing(engine).begin() as connection:
                lock(connection, self.key)
                if begin is not None:
                    begin(connection)
                command.upgrade(self._config(connection), revision)

    def downgrade(self, engine: Engine, revision: str) -> None:
        """Go back to an older revision; each refuses to take away what holds anything, with ``BadInput``."""
        with reaching(engine, self.what), writing(engine).begin() as connection:
            lock(connection, self.key)
            command.downgrade(self._config(connection), revision)

    def current(self, engine: Engine) -> str | None:
        """Return the revision of a database, ``None`` for one without these tables.

        Raises
        ------
        BadInput
            If this version does not know that revision.
        """
        with reaching(engine, self.what), engine.connect() as connection:
            revision = MigrationContext.configure(connection, opts={"version_table": self.table}).get_current_revision()
        known = {script.revision for script in self._scripts().walk_revisions()}
        if revision is not None and revision not in known:
            raise BadInput(
                Fault(
                    f"{self.what}-newer",
                    engine.url.render_as_string(),
                    f"revision {revision}",
                    f"one of {', '.join(sorted(known))}",
                    "use the version of New Course that made this database, or a later one",
                )
            )
        return revision

    @property
    def newest(self) -> str | None:
        """The revision of this version."""
        return self._scripts().get_current_head()

    def _config(self, connection: Connection | None = None) -> Config:
        config = Config()
        config.set_main_option("script_location", self.location)
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        return config

    def _scripts(self) -> ScriptDirectory:
        return ScriptDirectory.from_config(self._config())


def run_revisions(metadata: MetaData, table: str) -> None:
    """Run the revisions asked for inside the transaction of the caller: what each ``env.py`` does."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=table,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
