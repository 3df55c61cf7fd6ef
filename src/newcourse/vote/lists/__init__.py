"""Seats for lists: divisor and quota methods, thresholds, and both ways at once (design §8.1).

Pure functions from votes by list to seats, in whole numbers and fractions: ``apportion`` for one body,
``biproportional`` for districts and parties together.
"""
