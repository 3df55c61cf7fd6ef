"""The stand-alone verifier: reads a bundle of the public record and checks all of it anew (design §8.3).

It needs Python 3.11 and the package ``cryptography``, and nothing else of New Course: rules are written here a second
time, from their sources, so that a mistake or a lie in the program that counted is found by another that did not.
"""
