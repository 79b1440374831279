"""Trying something new and telling whether it worked: power before, assignment from a seed, the result after, effects of roll-outs."""
