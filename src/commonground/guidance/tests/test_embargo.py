"""Nobody reads off a finding, a mark, a number or a search what is not told yet (docs/decisions/0002)."""

from datetime import timedelta
from random import Random
from typing import Final

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.access.actor import NOBODY, OPERATOR
from commonground.guidance.context import marks_for
from commonground.guidance.embargo import WIDE, Hidden
from commonground.guidance.merging import VIEWS
from commonground.guidance.models import Finding, Result
from commonground.guidance.refresh import refresh
from commonground.guidance.results import results_for
from commonground.guidance.states import NotNowError
from commonground.journal.models import Entry, Version
from commonground.organization.models import RolePeriod
from commonground.realignment.models import HolderPath, ProcessFate, RoleFate

TODAY, DEEPER = timezone.localdate(), VIEWS[1:]
SCOPES: Final = ((WIDE, None), (WIDE, 2), ("process", 1), ("process", 2), ("role", 2))
STAFF = ("alice", "bob", "carol", "dan", "heidi", "ivan")
EVERYBODY = (*STAFF, "erin", "charlie", "frank", "grace")
# who sees the finding that Dan's process moves away, by stage of its fate, with Carol named as the reader of the draft. Dan is its
# unit's manager and answers for it: told, he reads it; while it is consulted on, it concerns him.
EXPECTED = {
    "draft": {"carol"},
    "consulted": {"alice", "bob", "carol"},
    "told": {"alice", "bob", "carol", "dan", "heidi", "ivan"},
    "in_force": {"alice", "bob", "carol", "dan", "heidi", "ivan"},
}


def plan(cast: Cast, stage: str) -> ProcessFate:
    fate = ProcessFate.objects.create(
        program=cast.program,
        process=cast.things["billing_process"],
        fate="move",
        to_unit=cast.units["contact"],
        stage=stage,
    )
    fate.readers.add(cast.carol.user)
    Version.objects.bump(["processes", "stages"])
    return fate


def run(cast: Cast) -> None:
    refresh(cast.program, timezone.localdate(), timezone.now())


def who_sees(cast: Cast, code: str) -> set[str]:
    return {
        name
        for name in EVERYBODY
        if Finding.objects.visible_to(cast.played[name].actor).filter(code=code, ended_on=None).exists()
    }


@pytest.mark.parametrize("stage", list(EXPECTED))
def test_a_finding_is_seen_by_those_who_may_see_what_it_rests_on(cast: Cast, stage: str) -> None:
    plan(cast, stage)
    run(cast)
    assert who_sees(cast, "MNGR-01") == EXPECTED[stage]
    assert not Finding.objects.visible_to(NOBODY).exists()
    assert not Finding.objects.visible_to(OPERATOR).exists()


@pytest.mark.parametrize("stage", list(EXPECTED))
def test_every_page_keeps_to_it(cast: Cast, stage: str) -> None:
    plan(cast, stage)
    run(cast)
    words = "answers for Write the first bill, which moves"
    for name in EVERYBODY:
        client = cast.client_of(name)
        may = name in EXPECTED[stage]
        for url in (
            "/northlight/findings/",
            "/northlight/",
            "/northlight/findings/?format=csv",
            "/northlight/search/?q=moves",
        ):
            page = client.get(url)
            text = b"".join(page).decode()
            shows = words in text
            assert not shows or may, (name, url)
            if may and "findings" in url:
                assert shows, (name, url)


def test_one_may_not_open_or_work_what_one_may_not_see(cast: Cast) -> None:
    plan(cast, "draft")
    run(cast)
    finding = Finding.objects.get(code="MNGR-01")
    assert cast.client_of("alice").get("/northlight/findings/", {"open": finding.pk}).status_code == 404
    for work in ("assign", "dismiss", "reopen", "hand-back", "plan"):
        assert cast.client_of("alice").post(f"/northlight/findings/{finding.pk}/{work}/").status_code == 404


def test_marks_count_what_one_sees(cast: Cast) -> None:
    run(cast)
    before = {name: marks_for(cast.played[name].actor, cast.program).get("solutions") for name in STAFF}
    plan(cast, "draft")
    run(cast)
    after = {name: marks_for(cast.played[name].actor, cast.program).get("solutions") for name in STAFF}
    assert after["carol"] != before["carol"]
    assert {name: after[name] for name in STAFF if name != "carol"} == {
        name: before[name] for name in STAFF if name != "carol"
    }


def test_between_a_withdrawal_and_the_next_run_nothing_shows(cast: Cast) -> None:
    """With the draft gone nothing is hidden from anybody any more: what rested on it must not come to light in that moment."""
    fate = plan(cast, "draft")
    run(cast)
    fate.delete()
    Version.objects.bump(["processes", "stages"])
    assert who_sees(cast, "MNGR-01") == set()
    run(cast)
    assert not Finding.objects.filter(code="MNGR-01").exists()


def test_what_becomes_told_keeps_its_owner_and_opens_its_journal(cast: Cast) -> None:
    fate = plan(cast, "consulted")
    run(cast)
    finding = Finding.objects.get(code="MNGR-01")
    finding.assign(to=cast.alice.user, by=cast.alice.actor, at=timezone.now())
    entry = Entry.objects.about(finding).get()
    assert entry.sealed
    readers = {reader.user_id for reader in entry.readers.all()}
    assert readers == {cast.played[name].user.pk for name in EXPECTED["consulted"]}
    ProcessFate.objects.filter(pk=fate.pk).update(stage="told")
    Version.objects.bump(["processes", "stages"])
    run(cast)
    again = Finding.objects.get(code="MNGR-01")
    assert (again.pk, again.view, again.user) == (finding.pk, "told", cast.alice.user)
    entry.refresh_from_db()
    assert not entry.sealed


def test_it_cannot_be_given_to_whom_it_is_hidden_from_nor_made_an_activity(cast: Cast) -> None:
    plan(cast, "draft")
    run(cast)
    finding = Finding.objects.get(code="MNGR-01")
    for to in (cast.alice.user, cast.dan.user, cast.dan.person):
        with pytest.raises(NotNowError, match="may not see"):
            finding.assign(to=to, by=cast.carol.actor, at=timezone.now())
    finding.assign(to=cast.carol.user, by=cast.carol.actor, at=timezone.now())
    with pytest.raises(NotNowError, match="not told yet"):
        finding.refuse_to_plan()


def role_change(cast: Cast, stage: str) -> RoleFate:
    fate = RoleFate.objects.create(
        program=cast.program,
        role=cast.roles["billing_clerk"],
        fate="change",
        stage=stage,
        effective=timezone.localdate() + timedelta(days=5),
    )
    fate.readers.add(cast.carol.user)
    Version.objects.bump(["roles", "role_changes", "stages"])
    return fate


def test_what_rests_on_the_whole_needs_the_whole(cast: Cast) -> None:
    """Carol reads one of two drafts: of the numbers over all people she sees those of what is told."""
    role_change(cast, "draft")
    run(cast)
    assert results_for(cast.carol.actor, cast.program, "key_numbers")["key_numbers"].view == "draft"
    assert results_for(cast.alice.actor, cast.program, "key_numbers")["key_numbers"].view == "told"
    plan(cast, "draft").readers.clear()
    run(cast)
    assert results_for(cast.carol.actor, cast.program, "key_numbers")["key_numbers"].view == "told"
    assert "ROLE-01" not in {row.code for row in Finding.objects.visible_to(cast.carol.actor).filter(ended_on=None)}
    assert "ROLE-02" in {row.code for row in Finding.objects.visible_to(cast.carol.actor).filter(ended_on=None)}


def test_a_path_hides_what_rests_on_its_role(cast: Cast) -> None:
    role_change(cast, "told")
    HolderPath.objects.create(
        program=cast.program, person=cast.erin.person, role=cast.roles["billing_clerk"], fate="leaving", stage="draft"
    )
    Version.objects.bump(["paths", "stages"])
    run(cast)
    assert who_sees(cast, "ROLE-02") == set(STAFF)  # told, and the same in every view: it stands once
    assert Finding.objects.filter(code="ROLE-02").count() == 1
    assert results_for(cast.alice.actor, cast.program, "ownership_grid")["ownership_grid"].view == "told"


def test_results_are_for_those_who_may_open_their_page(cast: Cast) -> None:
    run(cast)
    functions = {
        name: set(Result.objects.visible_to(cast.played[name].actor).values_list("function", flat=True))
        for name in EVERYBODY
    }
    everybodys = {"team_coverage", "reach", "leading", "crowd", "training"}
    assert functions["alice"] == everybodys | {"key_numbers", "taken_up", "ownership_grid", "team_ground", "peer_lists"}
    assert functions["frank"] == everybodys | {"ownership_grid"}
    assert functions["heidi"] == everybodys | {"key_numbers", "taken_up", "peer_lists"}
    assert functions["erin"] == functions["grace"] == set()


@pytest.mark.parametrize(
    "code", ["MNGR-01", "MNGR-04", "PROC-01", "PROC-02", "PROC-04", "LOSS-01", "ROLE-02", "TEAM-02"]
)
def test_a_narrow_guideline_rests_on_the_plan_of_its_own_thing(cast: Cast, code: str) -> None:
    """Plans of other processes, roles and people change nothing in what it says of this one."""
    plan(cast, "told")
    fate = role_change(cast, "told")
    fate.changes.create(kind="decisions", size=-2)
    Version.objects.bump(["role_changes"])
    run(cast)

    def said() -> list[tuple[str, ...]]:
        mine = Finding.objects.filter(code=code, view="draft").exclude(subject__in=["take-call", "meter-reader"])
        return list(mine.values_list("subject", "what", "where", "evidence", "do"))

    assert said() == []
    others(cast)
    run(cast)
    assert said() == []


def others(cast: Cast) -> None:
    """Everything that can be planned for another process, another role and its holders."""
    ProcessFate.objects.create(
        program=cast.program, process=cast.things["process"], fate="eliminate", stage="draft"
    ).to_owners.add(cast.dan.person)
    role = cast.roles["meter_reader"]
    fate = RoleFate.objects.create(program=cast.program, role=role, fate="end", stage="draft")
    fate.changes.create(kind="people", size=-3)
    fate.conversations.create(offered_on=timezone.localdate())
    fate.acknowledgements.create(person=cast.charlie.person, read=timezone.localdate())
    HolderPath.objects.create(
        program=cast.program, person=cast.charlie.person, role=role, fate="leaving", stage="draft"
    )
    Version.objects.bump(["processes", "roles", "role_changes", "paths", "conversations", "acknowledgements", "stages"])
    assert RolePeriod.objects.filter(role=role).exists()


def test_a_process_that_goes_with_its_draft_leaves_nothing_behind(cast: Cast) -> None:
    plan(cast, "draft")
    run(cast)
    cast.things["billing_process"].delete()
    Version.objects.bump(["processes"])
    assert who_sees(cast, "MNGR-01") == set()


@pytest.mark.parametrize("seed", range(12))
def test_the_database_lets_through_what_is_hidden_from_nobody(cast: Cast, seed: int) -> None:
    """What `visible_to` asks of the database is what `Hidden.lets` says of each row: the deepest that is let through, once a key."""
    run(cast)
    Finding.objects.all().delete()
    lots, program = Random(seed), cast.program.pk
    places = [(view, scope, program if scope == WIDE else thing) for view in DEEPER for scope, thing in SCOPES]
    hidden = Hidden(frozenset(lots.sample(places, lots.randrange(len(places)))))
    made = [
        Finding(
            program=cast.program,
            code="X-01",
            key=f"k{key}",
            view=view,
            scope=scope,
            thing=thing,
            severity="note",
            rank=2,
            part="findings",
            first_seen=TODAY,
            last_seen=TODAY,
        )
        for key in range(30)
        for view in lots.sample(VIEWS, lots.randint(1, 3))
        for scope, thing in [lots.choice(SCOPES)]
    ]
    Finding.objects.bulk_create(made)
    expected = dict[str, str]()
    for row in sorted(made, key=lambda one: VIEWS.index(one.view)):
        if hidden.lets(row.view, row.scope, program, row.thing):
            expected[row.key] = row.view
    seen = Finding.objects.visible_to(cast.alice.actor, lambda: hidden)
    assert sorted(seen.values_list("key", "view")) == sorted(expected.items())
