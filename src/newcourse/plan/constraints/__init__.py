"""The plan's constraints, one file each: what it says, its rows, and its words (design §6.1)."""
