"""Alembic migrations of the tables of work in the background, part of the package so that they can always run."""
