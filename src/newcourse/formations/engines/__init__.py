"""Engines that run a law of motion, one method a file (design §11.2)."""
