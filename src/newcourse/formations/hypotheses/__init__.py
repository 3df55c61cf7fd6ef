"""One hypothesis a file, each switchable and nested in its null (design §11.1); all of them in the registry."""
