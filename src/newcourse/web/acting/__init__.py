"""Acting through the pages and through the interface for programs: forms, faults beside their fields, one door."""
