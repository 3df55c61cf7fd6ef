"""Reads other people's files of ballots, one file per form (design §8.1)."""
