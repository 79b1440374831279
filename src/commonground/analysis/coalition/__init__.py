"""Who carries the change: teams, champions and sponsors, and how good a choice of them is."""
