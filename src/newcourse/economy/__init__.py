"""What there is: products, processes, tables, stocks, units, places, and the identities between them (design §5)."""
