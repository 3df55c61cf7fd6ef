"""Alembic migrations of the tables of people, part of the package so that an installed New Course can run them."""
