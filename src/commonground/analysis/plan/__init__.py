"""Planning the people side: load against capacity, the budget, training for everyone. Pure."""
