"""Plans solved by what a plan is: products with sources, few limits in common (design §10)."""
