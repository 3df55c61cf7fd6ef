"""Trade with others: what each way of getting a product costs, the terms of trade, an economy closed (design §6.3)."""
