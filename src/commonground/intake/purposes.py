"""What each sheet is for, in the words of the pages."""

from collections.abc import Mapping

BEGIN = ("people", "processes")
PURPOSES: Mapping[str, str] = {
    "people": "Who works where, as what and for whom. One row a person; several rows with days are their history.",
    "units": "The tree of units, if it is more than the names that people have in their rows.",
    "roles": "Roles with their level, whether they meet customers, and their words before and after.",
    "processes": "What work there is, who answers for it, and what is to become of it.",
    "does": "Who does which process, one row for each.",
    "workflows": "How work flows from a customer’s need to its answer.",
    "handoffs": "Which process hands work or information on to which.",
    "log_activities": "What an event log tells of; for `commonground check`. Here, bring the log itself.",
    "role_changes": "What each role gains and loses, and what is offered for it.",
    "paths": "What is to become of each holder of a role.",
    "acknowledgements": "Who has read the new words of their role and talked them over.",
    "stages": "How far the word of each plan has gone: consulted, told, in force.",
    "conversations": "Conversations offered on a role that diminishes.",
    "milestones": "The program line: what was reached when, and what is planned.",
    "solutions": "The searches for how a workflow will work.",
    "seats": "Who has a seat in which search.",
    "takes_part": "Sessions and contributions.",
    "engagements": "Talks with the board and with people whose word counts.",
    "activities": "What is done for the people side: briefings, workshops, visits.",
    "behaviours": "What is to be done another way: the new way, the old way, and the share that is wanted by when.",
    "pace": "How often each way was taken, by week and unit; counted by hand or asked.",
    "forecasts": "When a share is reached; for `commonground check`. Here it is worked out.",
    "sources": "How long a system keeps its events; for `commonground check`. Here, say it under Sources.",
    "voices": "What people raised and when it was answered; for `commonground check`. Here, people raise it themselves.",
    "rounds": "Rounds of questions; for `commonground check`. Here, they are opened under Assessments.",
    "response": "How many of each unit answered a round; for `commonground check`. Here it is counted.",
    "amount_of_change": "How much change was decided on; for `commonground check`. Here, say it under Assessments.",
    "impacts": "How strong a change is, rated from both sides; for `commonground check`. Here, rate it under Assessments.",
    "perceptions": "Perceived losses that were raised; for `commonground check`. Here, people raise them themselves.",
    "reassignments": "Who gets another manager, and the talks of three; for `commonground check`. Here, bring paths.",
}
