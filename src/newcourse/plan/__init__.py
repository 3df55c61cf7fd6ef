"""From goals and an economy to a plan, and why each number is as it is; knows no algorithm (design §6)."""
