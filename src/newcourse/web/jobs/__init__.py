"""Work that takes longer than a request should: kept in the record's database, done by a worker, shown meanwhile."""
