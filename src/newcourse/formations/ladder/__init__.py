"""The ladder of models that are compared on the same data (design §11.3): one rung a file, all with one interface."""
