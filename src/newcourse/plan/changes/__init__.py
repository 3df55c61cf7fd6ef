"""Structured changes: what a proposal changes, as data a plan can be made from (design §4.2). One file per kind."""
