"""Work spread over processes and clusters comes out the same everywhere."""
