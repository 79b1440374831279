"""What keeps a new way going: the schedule that thins, the ladder of discouraging, who has heard nothing, and what came of it. Pure."""
