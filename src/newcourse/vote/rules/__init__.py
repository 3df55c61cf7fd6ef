"""The rules votes are counted by: one file, one reference, one tested claim each (design §8.1)."""
