"""Parts of Meek's method: paths of ballots, votes by keep factors, stages of the count."""
