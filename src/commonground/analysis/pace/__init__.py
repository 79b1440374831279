"""The pace of a behaviour: how often each way is taken, how soon the new one is a habit, whether it lasts, what waiting costs."""
