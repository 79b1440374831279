"""What an impact assessment asks (GDPR Art. 35, WP 248 rev. 01), with what is known from the instance. Judging it is the organization's."""

from collections.abc import Iterator

from commonground.reports.privacy import Privacy
from commonground.ui.words import number, plural

YOURS = "…"  # room for what the organization decides


def criteria(found: Privacy) -> list[tuple[str, str, str]]:
    """The nine criteria of WP 248 in its order: criterion, facts, room for the answer."""
    return [(f"{at}. {name}", facts, YOURS) for at, (name, facts) in enumerate(_facts(found), 1)]


def _facts(found: Privacy) -> Iterator[tuple[str, str]]:
    counts = {one.name: one.count or 0 for one in found.held}
    logs = len(found.logs)
    yield (
        "Evaluation or scoring",
        f"No person is scored or profiled. Results are of groups of at least {found.fewest} people: pace of behaviours, "
        f"ownership, assessments ({plural(len(found.rounds), 'round')}).",
    )
    yield "Automated decisions with legal or similar effect", "The program proposes and decides nothing about a person."
    watched = (
        f"{plural(logs, 'file')} of event logs in use, {number(counts['Events of work'])} events under pseudonyms. "
    )
    yield (
        "Systematic monitoring",
        f"{watched}Figures are of units, steps and groups." if logs else "No event log is in use.",
    )
    yield (
        "Sensitive or highly personal data",
        "No field asks for them. Free text of voices and contributions can hold them.",
    )
    yield "Large scale", f"{plural(counts['People and their places'], 'person,people')} in the register."
    yield (
        "Matching or combining data sets",
        "Event logs are held against the register to find the unit of an event and to propose who could answer for work."
        if logs
        else "Sheets of one organization are joined by the person’s number.",
    )
    yield "Vulnerable people", "Yes: employees, towards their employer."
    yield "New use of technology or organization", "For you to say: is such a program new in your organization?"
    yield "Keeps people from a right, a service or a contract", "The program gates none."


def risks(found: Privacy) -> list[tuple[str, str, str]]:
    """Risks to people, what the program does against each, room for the weighing."""
    unset = [one.rule.words for one in found.kept if one.days is None]
    return [
        (
            "A group’s result tells what one person answered or did",
            f"Thresholds (at least {found.fewest} people), complementary suppression, fixed tables of rounds, a "
            "ledger of releases",
            YOURS,
        ),
        (
            "An answer or an anonymous voice is traced to its author",
            "No name, token, time or order is stored with it; the key of a round goes when it closes; dates of "
            "voices are weeks. Words can still "
            "tell who wrote them",
            YOURS,
        ),
        (
            "Somebody learns of their own loss from a screen, or others learn of it first",
            "Stages: drafts are for their named readers; those concerned see it after their line has spoken with them",
            YOURS,
        ),
        (
            "Data of work are used to watch performance",
            "Pseudonyms at the door, no figures of a person on any page, an agreement noted for each log. "
            "Whoever holds the key and the database "
            "can resolve them",
            YOURS,
        ),
        (
            "Data are kept longer than needed",
            "Rules run each night. Without days so far: " + ("; ".join(unset) if unset else "none"),
            YOURS,
        ),
        ("Access by those who need none", "Roles, closed by default; each grant is journaled", YOURS),
        (
            "Loss or theft of the machine or a backup",
            "The data folder is private to the instance’s user; the disk is yours to encrypt",
            YOURS,
        ),
    ]
