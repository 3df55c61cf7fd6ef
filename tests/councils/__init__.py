"""Tests of councils as a whole: sequences of acts, permissions, and servers that are killed."""
