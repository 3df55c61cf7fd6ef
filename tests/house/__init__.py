"""Tests of the house itself: its files, its rooms, its tools, its papers."""
