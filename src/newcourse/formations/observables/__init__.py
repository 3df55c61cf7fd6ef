"""Numbers computed from states or runs, one a file: each says what it is, what it is not, where the analogy fails."""
