"""Brings the tables of work in the background up to this version, or back."""

from typing import Final

from newcourse.databases.revising import Revisions

REVISIONS: Final = Revisions("jobs", "newcourse.web.jobs:migrations", "jobs_revision", b"nc-jobs.")
