"""What each sheet holds, in words: for the reference page of the sheets."""

from collections.abc import Mapping
from typing import Final

SAYS: Final[Mapping[str, str]] = {
    "people": "Who works where. Several rows of one id are that person's history. A level or front office given here holds only where no "
    "`roles` sheet says otherwise.",
    "units": "The tree of units. Several rows of one id are the unit's history.",
    "roles": "What people are there for, before and after the change.",
    "processes": "Steps of work: who answers for each, and what is to become of it.",
    "does": "Who does which process; the one who answers for it stands in `processes`.",
    "workflows": "What runs through several processes, from a customer's need to its answer.",
    "handoffs": "What goes from one process to the next, as it is and as it is to be.",
    "log_activities": "What an event log tells of: each activity, how many events it has, and which process it is, empty where the "
    "register has none. The server counts these itself from the logs that are brought to it.",
    "role_changes": "What a role loses (size −1 to −3) or gains (1 to 3), what is offered for it, and whether its holders accepted.",
    "paths": "What is to become of each holder of a role.",
    "acknowledgements": "Who has read, talked over and acknowledged their role as it will be. It never means consent to a contract.",
    "stages": "How far the word of a plan has gone. `id` is that of the process or role; for a path, that of the person.",
    "conversations": "That a talk about a diminishing role was offered: the day and by whom, never what was said.",
    "milestones": "What the program has reached or plans to reach; with a unit, for that unit.",
    "solutions": "The searches for how a workflow will work.",
    "seats": "Who has a place in which search, with consent and hours.",
    "takes_part": "Who was in a session or contributed. A seat alone is not taking part.",
    "engagements": "Talks with the board, influencers and others.",
    "activities": "What is done for the people side of the program. `kind`: engage, involve, train, communicate, recognise, remove, "
    "retire, or what you call it. `hours` are to prepare and hold it, `hours_per_person` what it asks of each. `audience`: "
    "`level=agent; shift=night; touched`, empty for all of the unit; `people`: how many, where you only know the number. `delivered`: "
    "the day that the deliverer confirmed. `technique`: the key or the name of a technique of the library.",
    "behaviours": "A new and an old way of doing one thing, and what is wanted of it. `logins` and `training` as a source, or `vanity`, "
    "say that opened tools or passed courses are counted, which is not work that is done another way.",
    "pace": "How often the new way, the old way or neither was taken in a week, for a unit, or for all where no unit is named. Any day of "
    "the week means it, and so does 2026-W09. `people` is how many different people they are of; what fewer than 8 did says nothing here. "
    "Bring what was counted or asked; what a log tells is measured from the log.",
    "forecasts": "When a share of the occasions goes the new way: the middle and the ends of the 80 % interval. The server makes these.",
    "sources": "How long a system keeps what behaviours are read from. `known` with no days means that it keeps them for good. Without "
    "`needed_until` it is needed until the last target day of its behaviours.",
    "voices": "Ideas, doubts, fears, questions and risks of friction, without what was said or who said it. `raised` may "
    "be the Monday of the week. `topic`: any word that similar ones have in common. `response`: whether something is done about a risk. "
    "`credit`: who has an idea in their name, if they want that.",
    "rounds": "Which instrument was asked when. `purpose` is what it was for.",
    "response": "Which share of a unit answered a round. Leave out units with fewer than 10 invited.",
    "amount_of_change": "How much change is asked for at the outset, beside what there is room for: one row. `raters`: how many people "
    "from outside the program rated the divergence; `reasons`: whether reasons are written.",
    "impacts": "How strong a change is for a role, a process or a unit, from 1 to 5, as the program and as the group rate it.",
    "perceptions": "That somebody said how a change is felt: the day, the role or unit, and the day of a response. Never who, never what.",
    "reassignments": "Who gets another manager, and the day on which each of the three says that they talked. Where it is absent, "
    "`paths` tell who gets another manager, and nobody has talked yet.",
    "team": "Who is on the project team, with consent, hours and the manager's agreement. Where it is absent, everybody with a seat in a "
    "search is the team.",
    "sponsors": "Who stands for the program: in a unit and all below it, or in the whole where no unit is named. `told`: the day on which "
    "they were told themselves that nothing of theirs had been seen for a while; of a silence that they were not told, nothing is said.",
    "acts": "What a sponsor or a manager visibly did for the change, in a unit, or for all where no unit is named. `planned` acts are "
    "still to come, and count once they are done.",
    "champions": "Who carries the cause to peers: to those of the unit, level, location, shift and language that are named, or of their "
    "own where none is. `hours_per_week` is what was agreed; `hours_used` and `contacts` are of one week, the average of the last four.",
    "champion_meetings": "When champions met, and how many of them. Who names whom has no sheet.",
    "capacity": "Hours that each person of a unit and of those within has for the change in a month; without a unit, everybody else.",
    "blackouts": "Days on which a unit and those within cannot; without a unit, nobody can. `to` is the day after the last one.",
    "budget": "The lines of the budget, in one currency. `committed` is ordered and not yet paid; `progress` how much of it is done. "
    "By `for` people's share is told. What is spent can also be brought as an export of a ledger, on the page of the budget.",
    "phases": "The three phases: 1 customer-aware but fragmented, 2 team-oriented and customer-intimate, 3 customer-collaborative. "
    "`from` and `to` are planned, `entered` is the day on which it began. Without a unit it is of the whole; a unit without a row goes "
    "with the whole.",
    "gates": "The gate at the end of a phase, of the whole or of a unit. `state`: open, review, refused, passed, conditional (passed with "
    "conditions) or taken_back. `by`: who decided. Passing a gate by a sheet begins no phase: the sheet of phases says that.",
    "evidence": "What answers a criterion of a gate. `answer`: met, not_met, or condition, which is to be met until `due`. `how`: "
    "measured or filed. `value`: a share between 0 and 1, working hours or a number, as the criterion asks. [Gates](gates.md) has the "
    "criteria.",
    "panels": "Customers who meet people of yours for a while: which ones in words, never a customer’s name. Without a unit it is of the "
    "whole program.",
    "improvements": "What customers and your people make better together, who has it in hand, and the day on which it was done.",
    "reinforcements": "What was done for one behaviour, in a unit or everywhere. `kind`: recognition, feedback and prompt keep the new way "
    "going; unrewarded, easier and norm change what is around the old one. `what`: in words, without a name. `rests_on`: how a task was "
    "done, or counts. `measure` and the four columns after it: what one occasion takes. `public` with `names_people` becomes a finding.",
    "sunsets": "How the old way of a behaviour ends; the day itself is `old_sunset` of the sheet of behaviours. `removes`: what "
    "takes it away.",
    "corrective_steps": "Formal steps. `about`: a practice of the unit, never a person. `private_word`: there was one, nothing else. "
    "`beside`: something that helps goes on beside it. `fair`: which of these hold, separated by `;`: consistent, unbiased, "
    "accurate, correctable, "
    "representative, ethical, explained, in_time, respectful. The server refuses one before something around the old way was changed.",
    "hiccups": "The hiccup plan of a cut-over: of the unit, or of the whole program without one. `noticed`: whether customers notice "
    "anything: yes, no or unknown. `promises`: what they can rely on, separated by `;`. `ready`: since when the plan stands.",
    "experiments": "What is tried, and how one will know. `hoped`: the difference that is hoped for, in points of share. `design`: "
    "together (half of the units begin at once, drawn by lot) or stepped (one after another, in an order drawn by lot). `stop_rule`: what "
    "ends it early, and when it ends anyway. Taken over here it is a draft: it is registered, drawn and started on its page.",
    "messages": "Who hears what. `side`: inside or customers. `audience` as in activities, `segments` by id or name, none for all. "
    "`sender_kind`: line, sponsor, team, customer_lead or other. `channels`: email, talk, print, intranet, meeting, screen inside; email, "
    "sms, phone, letter, fax, portal, visit to customers. `cut_over`: the unit before whose cut-over it is, or `all`. Taken over here "
    "it is a draft: somebody else approves it.",
    "segments": "Kinds of customers. `words`: what to know about them when something is sent.",
    "reachable": "How many customers of a segment have exactly these `channels` (email, sms, phone, letter, fax, portal, visit), usable "
    "and not refused; without channels, nobody reaches them. The server counts these from an export of contacts, which is no sheet: "
    "bring it under Customers, or ask `commonground reach`.",
    "sendings": "What went out to customers, by message and channel, in counts: to how many it was to go, of how many "
    "it is known to be out, and how many bounced. The server makes these from its lists.",
    "steps": "The talks of a cascade: whose people hear, who tells them, from when until before when, and the day on which it was held. "
    "The server proposes them from the reporting line.",
    "training": "What is to be learned, and by whom: holders of the roles, people of the units and below, those at the levels, or "
    "everyone; several add up. `touches_crm`: it is for those who will work in the CRM. `behaviour`: the new way that it helps to take.",
    "sessions": "When and where a module is taught. `held`: it took place.",
    "attendance": "Who has a place in a module, was there or missed it, as a learning system exports it. Without a state they were there, "
    "or has a place where the day is still to come. Marks and scores are left out.",
}
