"""Open futures: scenarios held side by side, decided together as long as they cannot be told apart (design §6.6)."""
