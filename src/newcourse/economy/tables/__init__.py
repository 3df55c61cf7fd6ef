"""What each table of an economy holds: one file per subject."""
