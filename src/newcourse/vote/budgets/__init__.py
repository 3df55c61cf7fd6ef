"""What the rules for shared budgets have in common: projects with costs, who supports them, and exact payments."""
