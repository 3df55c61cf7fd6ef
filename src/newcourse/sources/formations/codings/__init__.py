"""Codings of contested states: which state counts as which formation from when, one file a reading (design §11.3).

A coding is a hypothesis in the form of a table. That a state was a workers' state at all, when it degenerated and when
capitalism was restored is disputed between the authors; the codings differ where these do, and a result that holds
under one only is a result about the coding.
"""
