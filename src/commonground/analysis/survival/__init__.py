"""Time to an event, for many groups at once, with people who are still waiting and people who left."""
