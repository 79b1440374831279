"""Curves by which something new spreads, becomes a habit or is learnt, and their fit to many series at once."""
