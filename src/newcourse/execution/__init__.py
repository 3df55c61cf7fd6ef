"""Orders, deliveries, deviations, alarms, corrections, and the watch on bureaucracy (design §7, §9)."""
