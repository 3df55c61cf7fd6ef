"""From laws of motion to what the data say of them: filters, fits, comparisons, and when no answer is possible."""
