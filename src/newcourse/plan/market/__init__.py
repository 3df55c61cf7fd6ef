"""The mixed economy: households, co-operatives and private producers who answer prices, beside the plan (§6.2)."""
