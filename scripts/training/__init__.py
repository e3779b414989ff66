"""The invented training case: parties, goods, records and what was planted in them."""
