"""The plan: phases, activities, budget and training. Each owner's file holds its models; this one only re-exports them."""

from commonground.plan.phases import Phase

__all__ = ["Phase"]
