"""The plan: phases, activities, budget and training. Each owner's file holds its models; this one only re-exports them."""

from commonground.plan.phases import Phase
from commonground.plan.training_sessions import Attendance, Session
from commonground.plan.trainings import Module, Need

__all__ = ["Attendance", "Module", "Need", "Phase", "Session"]
