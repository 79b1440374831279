"""The plan: phases, activities, budget and training. Each owner's file holds its models; this one only re-exports them."""

from commonground.plan.budgets import BudgetLine, BudgetTerms
from commonground.plan.capacity import Blackout, Capacity
from commonground.plan.feeds import Feed
from commonground.plan.gate_evidence import Condition, Evidence, GateTarget
from commonground.plan.gates import Gate, GateMove
from commonground.plan.kits import PlanCopy, PlanTemplate
from commonground.plan.ledgers import Booking, LedgerFile, LedgerRule
from commonground.plan.phases import Phase
from commonground.plan.training_sessions import Attendance, Session
from commonground.plan.trainings import Module, Need

__all__ = [
    "Attendance",
    "Blackout",
    "Booking",
    "BudgetLine",
    "BudgetTerms",
    "Capacity",
    "Condition",
    "Evidence",
    "Feed",
    "Gate",
    "GateMove",
    "GateTarget",
    "LedgerFile",
    "LedgerRule",
    "Module",
    "Need",
    "Phase",
    "PlanCopy",
    "PlanTemplate",
    "Session",
]
