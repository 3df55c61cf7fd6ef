"""Every rule of counting a second time, in plain Python from its sources; slower than the first, and independent."""
