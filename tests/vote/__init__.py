"""Tests of the counting room."""
