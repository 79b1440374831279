"""Puts the budgets of the demo into the database, and for Northlight the ledger, looked over and taken over."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Final

from commonground.accounts.models import User, actor_for
from commonground.analysis.plan.ledger import ACCOUNT, WHOLE
from commonground.demo import budget as story
from commonground.demo.budget import Line
from commonground.demo.load_coalition import LEAD
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.plan.models import BudgetLine, LedgerFile, LedgerRule
from commonground.programs.models import Program

BROUGHT, SEED = -9, 7
FILE: Final = "ledger-of-the-program.xlsx"


def load_budget(program: Program, world: World, keys: Keys) -> None:
    """Writes the lines, the rules, and the bookings by the verbs that a change lead uses."""
    is_large = program.slug == SLUG
    lines = story.LINES if is_large else story.FLEET
    made = {
        row.key: row
        for row in BudgetLine.objects.bulk_create(_line(program, one, world, keys, is_large) for one in lines)
    }
    if not is_large:
        return
    user = User.objects.select_related("person").get(username=LEAD)
    lead, at = actor_for(user, person=user.person.pk), moment(world.days.on(BROUGHT), 10)
    for one in lines:
        if one.account:
            program.add(LedgerRule(field=ACCOUNT, says=one.account, line=made[one.key]), by=lead, at=at)
    bookings = list(story.bookings(lines, world.days, Random(SEED)))
    stated = {WHOLE: sum(one.amount for one in bookings)}
    for account in story.NAMES:
        stated[account] = sum(one.amount for one in bookings if one.account == account)
    names = ("day", "amount", "account", "account_name", "line", "reference", "words", "kind")
    mapping = {name: name.replace("_", " ") for name in names}
    row = LedgerFile.objects.look(
        program,
        bookings,
        file=FILE,
        digest="demo",
        stated=stated,
        mapping=mapping,
        left_out=["entered by"],
        by=lead,
        at=at,
    )
    row.take_over(all_the_same=False, by=lead, at=at + timedelta(minutes=12))


def _line(program: Program, one: Line, world: World, keys: Keys, from_ledger: bool) -> BudgetLine:
    """from_ledger: what is ordered and spent comes with the bookings."""
    committed, spent = (0, 0) if from_ledger else (one.committed * 100, one.spent * 100)
    return BudgetLine(
        program=program,
        key=one.key,
        name=one.name,
        phase=one.phase,
        unit_id=keys.unit(one.unit),
        practice=one.practice,
        purpose=one.purpose,
        owner_id=keys.people[world.by_name[one.owner]],
        planned=one.planned * 100,
        committed=committed,
        spent=spent,
        hours=Decimal(one.hours),
        hours_spent=Decimal(one.used),
        progress=one.done,
        progress_on=world.days.on(BROUGHT) if one.done is not None else None,
    )
