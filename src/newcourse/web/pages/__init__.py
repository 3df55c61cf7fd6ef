"""The pages, one file each: which facts a page shows, and where it stands."""
