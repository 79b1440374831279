"""What ends the findings of LEAD."""

from commonground.analysis.coalition.leading import Leading
from commonground.analysis.facts import Act, Facts, Message, Person, Sponsor
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows, with_somebody


def lead_visibly(facts: Facts, finding: Finding) -> Facts:
    """Its manager and a sponsor visit the unit on the day; what has none gets one."""
    unit, day = finding.subject.id, facts.as_of
    facts, manager = _with_manager(facts, unit)
    sponsors = [one for one in Leading(Register(facts)).led(unit).sponsors if one != manager]
    if not sponsors:
        facts, sponsor = with_somebody(facts, [manager])
        sponsors = [sponsor]
        facts = with_rows(facts, "sponsors", Sponsor(sponsor, unit, day))
    return with_rows(facts, "acts", *(Act(one, day, "visited", unit) for one in (manager, sponsors[0])))


def _with_manager(facts: Facts, unit: str) -> tuple[Facts, str]:
    """Who leads a unit by the reporting line. Where that names nobody, all in it report to the first of them from now on."""
    register = Register(facts)
    known = Leading(register).managers.get(unit)
    if known is not None:
        return facts, known
    inside = [one for one, place in register.organization.business_unit_of.items() if place == unit]
    leader = next((one for one in inside if register.organization.people[one].manager not in inside), inside[0])

    def led(row: Person) -> Person:
        if row.id == leader:
            return row._replace(manager=None if row.manager in inside else row.manager)
        return row._replace(manager=leader) if row.id in inside else row

    return replaced(facts, "people", Person, led), leader


def name_the_next(facts: Facts, finding: Finding) -> Facts:
    """Somebody stands from now on for what the sponsor left; who went quiet is seen again."""
    person, day, leading = finding.subject.id, facts.as_of, Leading(Register(facts))
    left = [one.part for one in leading.gone if one.person == person]
    if facts.has("acts"):
        facts = with_rows(facts, "acts", Act(person, day, "visited"))
    if left:
        facts, following = with_somebody(facts, [person])
        facts = with_rows(facts, "sponsors", *(Sponsor(following, part, day) for part in left))
    return facts


def name_a_sponsor(facts: Facts, finding: Finding) -> Facts:
    """Somebody stands for the whole program."""
    facts, sponsor = with_somebody(facts)
    return with_rows(facts, "sponsors", Sponsor(sponsor, None, facts.as_of))


def send_it_by_the_line(facts: Facts, finding: Finding) -> Facts:
    """The line is the sender."""

    def by_the_line(row: Message) -> Message:
        return row._replace(sender_kind="line", sender=None) if row.id == finding.subject.id else row

    return replaced(facts, "messages", Message, by_the_line)
