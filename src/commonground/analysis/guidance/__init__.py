"""What to do next: the order of findings, and what a technique is likely to do."""
