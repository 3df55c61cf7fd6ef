"""Databases, SQLite and PostgreSQL alike: how they are opened, read, written and brought up to date (design §13).

Knows nothing of what is kept in them. The record and the people have each their own, and neither knows the other's.
"""
