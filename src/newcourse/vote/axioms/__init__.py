"""Axioms: what is asked of an outcome, checked on the outcome itself, however it was counted (design §8.1).

One file for each axiom. Each check is a pure function from votes and an outcome to a
:class:`~newcourse.vote.axioms.verdict.Verdict`: it holds, or here is who was wronged, in words and numbers.
"""
