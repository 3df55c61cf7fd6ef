"""What the rules for committees by approval share: groups of equal ballots, exact loads, exact scores."""
