"""Power: how often a voter or a delegate decides, in one body and through several tiers (design §8.4)."""
