"""What keeps a new way going and what ends the old one. Each idea's file holds its model; this one only re-exports them."""

from commonground.reinforcement.corrective import CorrectiveStep
from commonground.reinforcement.given import Reinforcement
from commonground.reinforcement.schedules import Schedule
from commonground.reinforcement.sunsets import Sunset

__all__ = ["CorrectiveStep", "Reinforcement", "Schedule", "Sunset"]
