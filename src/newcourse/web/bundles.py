"""The whole record in one file for anybody: what ``newcourse verify`` recounts without believing this server."""

import shutil
import tempfile
import threading
import weakref
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.responses import FileResponse

from newcourse.record.bundle import export_bundle
from newcourse.record.store import Record
from newcourse.web import clock

ADDRESS: Final = "/api/bundle"
KEPT: Final = timedelta(minutes=5)
"""For how long one bundle is handed out before the next is made: writing one reads the whole record."""


class Bundles:
    """Makes bundles of a record, one after another, in a folder of its own that ends with the program.

    Parameters
    ----------
    record
        The record. It is signed when a bundle is made.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._making = threading.Lock()
        self._files: list[Path] = []
        self._made_at: datetime | None = None

    def newest(self) -> Path:
        """Return the newest bundle. Who asks while one is being made gets the one before; only the first wait."""
        if self._making.acquire(blocking=not self._files):
            try:
                self._renew(clock.now())
            finally:
                self._making.release()
        return self._files[-1]

    def _renew(self, now: datetime) -> None:
        if self._made_at is not None and now - self._made_at < KEPT:
            return
        if not self._files:
            folder = Path(tempfile.mkdtemp(prefix="newcourse-bundles-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        else:
            folder = self._files[-1].parent
        path = folder / f"{now.timestamp():.6f}.zip"
        export_bundle(self._record, path, now)
        self._made_at = now
        for older in self._files[:-1]:  # the last is kept: somebody may be about to read it
            older.unlink()
        self._files = [*self._files[-1:], path]


def add_bundle(app: FastAPI, record: Record) -> None:
    """Add the bundle of the record.

    Parameters
    ----------
    app
        The application.
    record
        The record.
    """
    bundles = Bundles(record)

    def bundle() -> FileResponse:
        """Return the public record as it was at most five minutes ago: entries, rolls, ballots, outcomes, checkpoints.

        A zip for ``newcourse verify``; nothing secret and nothing personal is in it.
        """
        return FileResponse(bundles.newest(), media_type="application/zip", filename="record.zip")

    content = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
    app.add_api_route(
        ADDRESS,
        bundle,
        methods=["GET"],
        name=ADDRESS,
        operation_id="api_record_bundle",
        summary="The whole record in one file",
        description=bundle.__doc__,
        response_model=None,
        response_class=FileResponse,
        openapi_extra={"responses": {"200": {"description": "The bundle.", "content": content}}},
    )
