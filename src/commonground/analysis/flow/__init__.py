"""How work crosses boundaries: hand-offs, waiting, ways back and lead times out of the events of a log."""
