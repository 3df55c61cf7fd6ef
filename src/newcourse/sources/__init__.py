"""Reads other people's files, and the project's own folders, into an economy; one file per source (design §5.3)."""
