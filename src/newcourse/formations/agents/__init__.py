"""Models of persons rather than of countries: thresholds and civil violence, rivals of laws (design §11.2)."""
