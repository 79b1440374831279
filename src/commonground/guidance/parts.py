"""Practices, and where on the rail their findings stand."""

from typing import Final

# practice → part of the rail (`ui.rail.PARTS`)
PART_OF: Final = {
    "OWN": "ownership",
    "TEAM": "team",
    "LOSS": "balance",
    "MNGR": "solutions",
    "PROC": "workflows",
    "FLOW": "workflows",
    "ROLE": "balance",
    "SEQ": "program",
    "EARLY": "program",
    "UNIT": "organization",
    "PACE": "pace",
    "IDEA": "voices",
    "PEER": "champions",
    "LEAD": "sponsors",
    "CULT": "assessments",
    "TRAIN": "training",
    "BUDG": "budget",
    "PHAS": "plan",
    "CUST": "customers",
    "CHAN": "customers",
    "THRY": "techniques",
}
# Codes that stand elsewhere than the rest of their practice: what is asked and not answered belongs to the voices.
PART_OF_CODE: Final = {
    "PEER-04": "voices",
    "PEER-05": "messages",
    "PEER-06": "voices",
    "PEER-07": "messages",
    "LEAD-03": "messages",
    "UNIT-03": "plan",
}
ELSEWHERE: Final = "findings"
PRACTICES: Final = {
    "OWN": "Something to own",
    "TEAM": "Project team",
    "LOSS": "Gains and losses",
    "MNGR": "Managers in the search",
    "PROC": "Work processes",
    "FLOW": "Flow across boundaries",
    "ROLE": "Roles",
    "SEQ": "Strategy, workflows, technology",
    "EARLY": "Early engagement",
    "UNIT": "Business units",
    "PACE": "Pace",
    "IDEA": "Ideas and risks",
    "PEER": "Peers",
    "LEAD": "Leaders",
    "CULT": "Culture",
    "TRAIN": "Training",
    "BUDG": "Budget",
    "PHAS": "Phases and dates",
    "CUST": "Customers",
    "CHAN": "Channels that customers have",
    "THRY": "Change theory",
}
# What each missing table is called, and what bringing it would make possible.
SHEETS: Final = {
    "people": "who works here",
    "units": "the tree of units",
    "roles": "roles and their definitions",
    "processes": "work processes and who answers for them",
    "does": "who does which process",
    "workflows": "the workflows that processes belong to",
    "handoffs": "hand-offs between processes",
    "log_activities": "what an event log tells of",
    "role_changes": "what roles gain and lose",
    "paths": "where each holder goes",
    "acknowledgements": "who has acknowledged their new role",
    "stages": "how far the word of each change has gone",
    "conversations": "conversations that were offered",
    "milestones": "the milestones of the program",
    "solutions": "the searches for new ways",
    "seats": "who has a seat in a search",
    "takes_part": "sessions and contributions",
    "engagements": "talks with the board and influencers",
    "activities": "activities of the program",
    "capacity": "the hours that people have for the change",
    "blackouts": "days on which units cannot",
    "behaviours": "what is to be done another way",
    "pace": "how often the new and the old way are taken",
    "forecasts": "when a share will be reached",
    "sources": "how long systems keep their events",
    "voices": "what people raise, and what was answered",
    "rounds": "which rounds of questions were asked",
    "response": "how many of each unit answered a round",
    "amount_of_change": "how much change was decided on",
    "impacts": "how strong a change is, rated from both sides",
    "perceptions": "perceived losses that were raised",
    "reassignments": "people who get another manager, and the talks of three",
    "team": "who is on the project team",
    "sponsors": "who stands for the program, and where",
    "acts": "what sponsors and managers visibly do",
    "champions": "who champions the cause among peers",
    "champion_meetings": "when champions met",
    "training": "who is to learn what",
    "sessions": "when training takes place",
    "attendance": "who was at which training",
    "budget": "the budget, with money and hours",
    "phases": "the phases, for the whole and for units",
    "panels": "panels with customers",
    "improvements": "what customers and your people make better together",
    "hiccups": "what is prepared for customers at each cut-over",
    "messages": "who hears what, when and from whom",
    "segments": "kinds of customers",
    "reachable": "how many customers can be reached by what",
    "sendings": "what went out to customers, and what came back",
    "steps": "the talks by which news goes from team to team",
}


FAILED: Final = (
    "! "  # begins what stands in place of a missing table where a guideline of one's own ended with an error
)


def practice_of(code: str) -> str:
    return code.partition("-")[0]


def part_of(code: str) -> str:
    """The part of the rail on which a finding of this code is marked."""
    return PART_OF_CODE.get(code) or PART_OF.get(practice_of(code), ELSEWHERE)
