"""Alembic migrations of the record, part of the package so that an installed New Course can bring a database up."""
