"""Who sees what at which stage, against a table written by hand; and no way round it by any order of verbs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.journal.models import Entry
from commonground.realignment.models import (
    Acknowledgement,
    Conversation,
    HolderPath,
    ProcessFate,
    RoleChange,
    RoleFate,
)
from commonground.realignment.stages import LABELS, ORDER, SETTLED, NotYetError
from commonground.realignment.tests.told import AT, TODAY, Told, bring, make_told

# Letters: seen at Draft, Consulted, Told, in Force; a dash: not seen.
FATE = """
    drafter         DCTF
    named           DCTF
    lead            -CTF
    concerned lead  --TF
    sponsor         -CTF
    member          --TF
    customer lead   --TF
    manager         --TF
    other manager   --TF
    holder          --TF
    colleague       ---F
    auditor         ---F
    admin           ----
"""
TABLES = {
    "ProcessFate": FATE,
    "RoleFate": FATE,
    "RoleChange": FATE,
    # Erin's path: one person's, so it stays with her and with those who see her in the register
    "HolderPath": """
        drafter         DCTF
        named           DCTF
        lead            -CTF
        concerned lead  -CTF
        sponsor         -CTF
        member          --TF
        customer lead   --TF
        manager         --TF
        other manager   ----
        holder          --TF
        colleague       ----
        auditor         ----
        admin           ----
    """,
    # the path of the change lead who holds the role himself: not even he sees it before he is told
    "HolderPath of the lead": """
        drafter         DCTF
        named           DCTF
        lead            -CTF
        concerned lead  --TF
        sponsor         -CTF
        member          --TF
        customer lead   --TF
        manager         --TF
        other manager   ----
        holder          ----
        colleague       ----
        auditor         ----
        admin           ----
    """,
    # Erin's own steps; rows put there by force at each stage
    "Acknowledgement": """
        drafter         DCTF
        named           DCTF
        lead            -CTF
        concerned lead  --TF
        sponsor         -CTF
        member          --TF
        customer lead   --TF
        manager         --TF
        other manager   ----
        holder          --TF
        colleague       ----
        auditor         ----
        admin           ----
    """,
    "Conversation": """
        drafter         DCTF
        named           DCTF
        lead            -CTF
        concerned lead  --TF
        sponsor         -CTF
        member          --TF
        customer lead   --TF
        manager         --TF
        other manager   --TF
        holder          --TF
        colleague       ----
        auditor         ----
        admin           ----
    """,
    # what the verbs wrote about the role's fate: change leads and auditors read the journal
    "Entry": """
        drafter         DCTF
        named           ----
        lead            --TF
        concerned lead  --TF
        sponsor         ----
        member          ----
        customer lead   ----
        manager         ----
        other manager   ----
        holder          ----
        colleague       ----
        auditor         --TF
        admin           ----
    """,
}


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def rows_of(told: Told) -> dict[str, models.QuerySet[Any]]:
    return {
        "ProcessFate": ProcessFate.objects.filter(pk=told.process.pk),
        "RoleFate": RoleFate.objects.filter(pk=told.role.pk),
        "RoleChange": RoleChange.objects.filter(role_fate=told.role),
        "HolderPath": HolderPath.objects.filter(pk=told.path.pk),
        "HolderPath of the lead": HolderPath.objects.filter(pk=told.leads_path.pk),
        "Acknowledgement": Acknowledgement.objects.filter(role_fate=told.role),
        "Conversation": Conversation.objects.filter(role_fate=told.role),
        "Entry": Entry.objects.all().about(told.role),
    }


def table(text: str) -> dict[str, str]:
    return {line[:-4].strip(): line[-4:] for line in text.split("\n") if line.strip()}


@pytest.mark.parametrize("stage", ORDER)
def test_who_sees_what(told: Told, stage: str) -> None:
    Acknowledgement.objects.create(role_fate=told.role, person=told.cast.erin.person)
    Conversation.objects.create(role_fate=told.role, offered_on=TODAY, offered_by=told.cast.dan.person)
    for plan in told.plans:
        bring(plan, stage, told.cast.alice.actor)
    letter = ORDER.index(stage)
    for kind, rows in rows_of(told).items():
        assert rows.exists()
        expected = {name: marks[letter] != "-" for name, marks in table(TABLES[kind]).items()}
        seen = {name: rows.all().visible_to(actor).exists() for name, actor in told.viewers.items()}
        assert seen == expected, f"{kind} at {LABELS[stage]}"


def test_a_reader_who_becomes_concerned_sees_it_no_longer(told: Told) -> None:
    told.process.change(to_owners=[told.cast.heidi.person], by=told.cast.alice.actor, at=AT)
    assert not ProcessFate.objects.visible_to(told.cast.heidi.actor).exists()
    entry = Entry.objects.all().about(told.process).latest("pk")
    assert not entry.readers.filter(user=told.cast.heidi.user).exists()


def test_somebody_concerned_cannot_be_named(told: Told) -> None:
    with pytest.raises(NotYetError, match="Their line speaks with them first"):
        told.role.name_readers([told.cast.erin.user.pk], by=told.cast.alice.actor, at=AT)


def test_who_drafted_their_own_keeps_seeing_it(told: Told) -> None:
    """They have not learnt it from a screen."""
    director = told.cast.roles["director"]
    row = RoleFate.objects.draft(director, program=told.cast.program, fate="change", by=told.cast.alice.actor, at=AT)
    assert RoleFate.objects.visible_to(told.cast.alice.actor).filter(pk=row.pk).exists()
    assert not RoleFate.objects.visible_to(told.cast.bob.actor).filter(pk=row.pk).exists()


def test_what_is_withdrawn_is_left_out_for_everybody(told: Told) -> None:
    bring(told.role, "told", told.cast.alice.actor)
    told.role.withdraw(on=TODAY, by=told.cast.alice.actor, at=AT)
    for rows in (RoleFate.objects, RoleChange.objects):
        assert not any(rows.visible_to(actor).exists() for actor in told.viewers.values())
    told.role.take_up(by=told.cast.alice.actor, at=AT)
    assert RoleChange.objects.visible_to(told.cast.erin.actor).exists()


VERBS = ("consult", "take_back", "spoke", "tell", "in_force", "withdraw", "take_up", "name", "change", "lose", "gain")
MORE = ("remove", "offer", "answer", "talk", "read")
NAMES = ("erin", "lars", "dan", "heidi", "charlie")


def act(plan: Any, verb: str, number: int, told: Told) -> None:
    """One verb with a value drawn from `number`; whatever it refuses is refused."""
    by, day = told.cast.alice.actor, TODAY - timedelta(days=number - 2)
    keep: dict[str, Any] = {"by": by, "at": AT}
    users = [told.viewers["concerned lead"].user, *(told.cast.played[n].user.pk for n in NAMES if n != "lars")]
    simple = {
        "consult": lambda: plan.advance("consulted", on=day, **keep),
        "take_back": lambda: plan.take_back(**keep),
        "spoke": lambda: plan.line_spoke(on=day, **keep),
        "tell": lambda: plan.advance("told", on=day, **keep),
        "in_force": lambda: plan.advance("in_force", on=day, **keep),
        "withdraw": lambda: plan.withdraw(on=TODAY, **keep),
        "take_up": lambda: plan.take_up(**keep),
        "name": lambda: plan.name_readers([users[number]], **keep),
        "change": lambda: plan.change(
            fate=("merge", "keep")[number % 2] if plan is not told.path else "leaving", **keep
        ),
    }
    role = told.role
    of_role = {
        "lose": lambda: RoleChange.objects.add(role, kind="title", size=-1, **keep),
        "gain": lambda: RoleChange.objects.add(role, kind="craft", size=1, **keep),
        "remove": lambda: [row.remove(**keep) for row in RoleChange.objects.filter(role_fate=role)[:1]],
        "offer": lambda: [
            row.offer(words="x", on=day, **keep) for row in RoleChange.objects.filter(role_fate=role)[:1]
        ],
        "answer": lambda: [
            row.answer(accepted=True, on=day, **keep) for row in RoleChange.objects.filter(role_fate=role)[:1]
        ],
        "talk": lambda: Conversation.objects.offer(role, on=day, offered_by=None, **keep),
        "read": lambda: Acknowledgement.objects.note(role, person=told.cast.erin.person, step="read", on=day, **keep),
    }
    try:
        {**simple, **of_role}[verb]()
    except (NotYetError, ValueError):
        return


def losses(told: Told) -> tuple[Any, ...]:
    rows = RoleChange._base_manager.filter(role_fate=told.role, size__lt=0).order_by("pk")
    return told.role.fate, tuple(rows.values_list("pk", "size"))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from(VERBS + MORE), st.integers(0, 4)),
        min_size=5,
        max_size=25,
    )
)
def test_no_order_of_verbs_shows_it_before_it_is_told(told: Told, steps: list[tuple[int, str, int]]) -> None:
    with transaction.atomic():
        plans = [type(plan).everything.get(pk=plan.pk) for plan in (told.role, told.path, told.process)]
        fresh = Told(told.cast, plans[2], plans[0], plans[1], told.leads_path, told.lars, told.viewers)
        heard: tuple[Any, ...] = ()
        for which, verb, number in steps:
            was = fresh.role.stage
            act(plans[which], verb, number, fresh)
            if fresh.role.settled and was not in SETTLED:
                heard = losses(fresh)
            for plan in plans:
                check(plan, fresh)
            if fresh.role.settled:
                assert set(losses(fresh)[1]) <= set(heard[1]), "a loss came to the screen without the line"
                assert losses(fresh)[0] == heard[0]
        transaction.set_rollback(True)


def check(plan: Any, told: Told) -> None:
    stored = type(plan).everything.get(pk=plan.pk)
    assert (stored.stage, stored.fate) == (plan.stage, plan.fate), "a verb left the row and the value apart"
    if stored.settled:
        assert stored.line_spoke_on is not None
        assert stored.line_spoke_on <= stored.told_on <= TODAY
        assert stored.shown_on >= stored.line_spoke_on
        return
    for name in ("holder", "concerned lead"):
        actor = told.viewers[name]
        if not stored.concerns(actor.person):
            continue
        assert not type(plan).everything.filter(pk=plan.pk).visible_to(actor).exists()
        if isinstance(plan, RoleFate):
            for model in (RoleChange, Conversation, Acknowledgement):
                assert not model.objects.visible_to(actor).exists()
        since = Entry.objects.all().about(plan).visible_to(actor)
        assert not since.filter(sealed=True).exists()


def test_the_verbs_of_the_walk_do_reach_told(told: Told) -> None:
    """The property above would hold of verbs that never do anything."""
    for verb in ("consult", "spoke", "tell"):
        act(told.role, verb, 2, told)
    assert told.role.stage == "told"
    assert RoleFate.objects.visible_to(told.cast.erin.actor).exists()
