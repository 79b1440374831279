"""Northlight's roles that stay as they are, and who meets customers every day. Those that change stand in `changing.py`."""

from typing import NamedTuple

EXECUTIVE, MANAGER, LEAD, SPECIALIST, FRONT = "Executives", "Managers", "Team leads", "Specialists", "Front line"
LEVELS = (EXECUTIVE, MANAGER, LEAD, SPECIALIST, FRONT)


class Post(NamedTuple):
    """A role: level, whether it meets customers daily, and its definition in short lines."""

    id: str
    name: str
    level: str
    front_office: bool
    before: str


STAYING = (
    Post("managing-director", "Managing director", EXECUTIVE, False,
        "Answers to the supervisory board.\nDecides the budget and the strategy with the directors."),
    Post("director", "Director", EXECUTIVE, False,
        "Leads a business unit.\nDecides its budget, its people and its promises to customers."),
    Post("network-manager", "Network manager", MANAGER, False,
        "Leads a district of the power network.\nDecides on repairs, duty rosters and contractors."),
    Post("water-manager", "Water network manager", MANAGER, False,
        "Leads a district or works of the water network.\nDecides on mains, pressure and closures."),
    Post("depot-manager", "Depot manager", MANAGER, False, "Leads a meter depot.\nDecides on shifts, vans and devices."),
    Post("billing-manager", "Billing manager", MANAGER, False,
        "Leads a part of Billing.\nDecides on the bill run and on what is written off."),
    Post("floor-manager", "Contact centre manager", MANAGER, False,
        "Leads a floor of the contact centre.\nDecides on hours, coaching and which calls go where."),
    Post("key-manager", "Key account manager", MANAGER, False,
        "Leads the care of large customers.\nAgrees yearly plans and prices with them."),
    Post("office-manager", "Department head", MANAGER, False,
        "Leads a department of the head office.\nAnswers for its budget and its service to the units."),
    Post("program-lead", "Head of the customer program", MANAGER, False,
        "Leads the change toward the customer.\nReports to the board every month."),
    Post("customer-lead", "Head of customer communication", MANAGER, False,
        "Answers for what customers hear, when, and on which channel."),
    Post("line-foreman", "Crew foreman, power", LEAD, False, "Leads a line or cable crew.\nStops work when it is not safe."),
    Post("mains-foreman", "Crew foreman, water", LEAD, False, "Leads a mains or service crew.\nStops work when it is not safe."),
    Post("connections-lead", "Connections lead", LEAD, True, "Leads the case work of new connections.\nMeets builders and electricians."),
    Post("lab-lead", "Water quality lead", LEAD, False, "Leads the laboratory and signs its reports."),
    Post("billing-lead", "Billing team lead", LEAD, False,
        "Leads a team of clerks.\nDecides which bills are held back for a second look."),
    Post("desk-lead", "Team lead, front desk", LEAD, True, "Leads a front desk.\nDecides on goodwill up to 100 euro."),
    Post("key-lead", "Key account lead", LEAD, False, "Leads a group of advisers and one large customer of their own."),
    Post("office-lead", "Team lead, head office", LEAD, False, "Leads a team of specialists and plans its work."),
    Post("control-operator", "Network control operator", SPECIALIST, False,
        "Watches the network and switches it.\nTells the contact centre what is dark."),
    Post("network-planner", "Network planner", SPECIALIST, False, "Plans lines and mains for the years ahead."),
    Post("protection-technician", "Protection technician", SPECIALIST, False, "Tests and sets what protects the network."),
    Post("works-operator", "Treatment works operator", SPECIALIST, False,
        "Runs the works around the clock.\nKeeps the log of the shift."),
    Post("lab-analyst", "Water analyst", SPECIALIST, False, "Takes samples, measures them and signs the result."),
    Post("device-technician", "Device technician", SPECIALIST, False, "Keeps meters and hand-held devices going."),
    Post("bill-specialist", "Bill run specialist", SPECIALIST, False, "Runs the bills and looks into those that look wrong."),
    Post("quality-coach", "Quality coach", SPECIALIST, False, "Listens with agents to calls they chose, and learns with them."),
    Post("it-specialist", "IT specialist", SPECIALIST, False, "Builds and looks after systems."),
    Post("people-partner", "People partner", SPECIALIST, False, "Stands beside managers and staff in questions of work and growth."),
    Post("finance-specialist", "Finance specialist", SPECIALIST, False, "Plans, books and explains money."),
    Post("writer", "Communication specialist", SPECIALIST, False, "Writes what customers and colleagues read."),
    Post("program-specialist", "Program specialist", SPECIALIST, False, "Keeps the customer program going day by day."),
    Post("line-worker", "Line and cable worker", FRONT, False,
        "Builds and repairs lines and cables.\nMay stop work when it is not safe."),
    Post("mains-worker", "Mains worker", FRONT, False, "Builds and repairs mains.\nMay stop work when it is not safe."),
    Post("service-fitter", "Water service fitter", FRONT, True, "Repairs at the customer's door.\nExplains what was done."),
    Post("meter-fitter", "Meter fitter", FRONT, True, "Changes meters at the customer's door."),
    Post("desk-agent", "Front desk agent", FRONT, True, "Receives whoever comes in, and stays with them until it is done."),
)  # fmt: skip
