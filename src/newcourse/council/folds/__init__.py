"""What each act changes in the state: one small pure function per act (design §3)."""
