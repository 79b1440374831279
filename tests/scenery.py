"""One row of each kind beside the cast, so that every address has something to show, and the address arguments to reach it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commonground.accounts.models import Grant
from commonground.adoption.models import Behaviour, Benefit, Count, Source
from commonground.assessments.models import (
    AmountDecision,
    Combination,
    ConcurrentChange,
    DivergenceRating,
    Hours,
    Impact,
    ImpactRating,
    OwnInstrument,
    Round,
)
from commonground.assessments.standing import side_of
from commonground.assessments.tokens import Token, digest_of, read
from commonground.coalition.models import (
    Act,
    Champion,
    HoursUsed,
    Meeting,
    Member,
    NetworkFile,
    Nomination,
    Selection,
    Sponsor,
)
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.events.models import Log
from commonground.intake import log_uploads, uploads
from commonground.outbox.models import Message
from commonground.programs.models import Engagement, Milestone
from commonground.realignment.models import (
    Acknowledgement,
    Contribution,
    Conversation,
    HolderPath,
    Perception,
    ProcessFate,
    RoleChange,
    RoleFate,
    Seat,
    Session,
)
from commonground.reports.models import DataRequest
from commonground.voice.models import Point, Topic, Voice
from commonground.workflows.models import AnswersFor
from commonground.workflows.seen import SeenActivity
from tests.cast import AT, STARTED, Cast
from tests.scenery_cascades import cascades
from tests.scenery_experiments import experiments
from tests.scenery_gates import gates
from tests.scenery_hiccups import hiccups
from tests.scenery_messages import messages
from tests.scenery_plan import budget, phases, plan, training
from tests.scenery_reach import reach
from tests.scenery_reinforcement import reinforcement
from tests.scenery_sendings import sendings
from tests.scenery_taken_up import taken_up
from tests.scenery_techniques import techniques

TOLD = {"stage": "told", "consulted_on": STARTED, "line_spoke_on": STARTED, "told_on": STARTED, "shown_on": STARTED}
CODE = "0000-0000-0000-0000-0000"  # of somebody who may answer
DAY = date(2026, 9, 1)


def set_up(cast: Cast) -> Mapping[str, Mapping[str, Any]]:
    """Writes the rows; answers url name → arguments for each address that takes any (the program's slug left out)."""
    rows: dict[str, Mapping[str, Any]] = {}

    def at(names: str, **kwargs: Any) -> None:
        app, _, pages = names.partition(":")
        rows.update({f"{app}:{page}": kwargs for page in pages.split()})

    user = cast.bob.user.pk
    at("access:user grant switch password person code void-code second-factor-off untie", pk=user)
    mail = Message.objects.queue("answer", "erin@example.org", "Your question is answered", "Words.", at=AT)
    at("outbox:send-again arrived keep-back", pk=mail.pk)
    at("outbox:all", what="keep-back")
    at("access:revoke", pk=user, grant=Grant.objects.get(user=cast.bob.user).pk)
    at("organization:unit rename-unit move-unit merge-unit close-unit", pk=cast.units["billing"].pk)
    at("organization:person move-person leave rename-person", pk=_pk(cast.erin.person))
    at("organization:role redefine-role", pk=cast.roles["billing_clerk"].pk)
    request = DataRequest.objects.create(
        program=cast.program, user=cast.erin.user, kind="correct", words="Words.", asked_at=AT
    )
    at("reports:turn-request answer-request", pk=request.pk)
    at("reports:keeping", rule="intake.sheets")
    _programs(at, cast)
    _work(at, cast)
    _realignment(at, cast)
    _searches(at, cast)
    _voices(at, cast)
    _assessments(at, cast)
    at("guidance:assign hand-back dismiss reopen plan", pk=1)
    at("guidance:guideline set-parameters", code="OWN-01")
    _imports(at, cast)
    _logs(at, cast)
    _pace(at, cast)
    _nominations(at, cast)
    _champions(at, cast)
    _team(at, cast)
    _sponsors(at, cast)
    inside = (budget, phases, training, experiments, techniques, taken_up, gates)
    for stage in (*inside, messages, cascades, hiccups, _customers, reach, sendings, reinforcement):
        stage(at, cast)
    return rows


def _programs(at: Any, cast: Cast) -> None:
    program = cast.program
    made: dict[str, Any] = {
        "strategy": cast.things["strategy"],
        "milestone": Milestone.objects.create(program=program, kind="cut_over", planned=DAY),
        "engagement": Engagement.objects.create(program=program, on=DAY, who="The board", kind="board"),
    }
    for word, row in made.items():
        at(f"programs:edit-{word} remove-{word}", pk=row.pk)
        at(f"programs:put-back-{word}", entry=1)
    plan(at, cast)


def _work(at: Any, cast: Cast) -> None:
    for word in ("workflow", "process", "handoff"):
        at(f"workflows:{word} edit-{word} remove-{word}", pk=cast.things[word].pk)
        at(f"workflows:put-back-{word}", entry=1)
    at("workflows:add-handoff", pk=cast.things["workflow"].pk)
    at("workflows:add-holder", pk=cast.things["process"].pk, how="answers-for")
    held = AnswersFor.objects.filter(process=cast.things["process"]).get()
    at("workflows:end-holder reopen-holder", pk=held.pk, how="answers-for")
    log, _ = Log.objects.get_or_create(key="crm", defaults={"name": "CRM"})
    seen = {"program": cast.program, "log": log, "events": 3, "cases": 3, "first": AT, "last": AT, "at": AT}
    at("workflows:proposal", pk=SeenActivity.objects.create(activity="Send the letter", **seen).pk)


def _realignment(at: Any, cast: Cast) -> None:
    program, erin, role = cast.program, cast.erin.person, cast.roles["billing_clerk"]
    process = cast.things["billing_process"]
    ProcessFate.objects.create(program=program, process=process, fate="automate", **TOLD)
    fate = RoleFate.objects.create(
        program=program, role=role, fate="change", definition_after="Sees it through.", **TOLD
    )
    gain = RoleChange.objects.create(role_fate=fate, kind="decisions", size=-1, words="Who decides on refunds")
    path = HolderPath.objects.create(
        program=program, person=erin, role=role, fate="same", to_manager=cast.carol.person, **TOLD
    )
    felt = Perception.objects.create(
        program=program, person=erin, to=cast.dan.user, kind="diminished_role", way="raised", raised_on=DAY
    )
    at("realignment:perception-say perception-step", pk=felt.pk)
    at("realignment:talk-note", pk=path.pk)
    Acknowledgement.objects.create(role_fate=fate, person=erin)
    conversation = Conversation.objects.create(role_fate=fate, offered_on=DAY, offered_by=cast.dan.person)
    at("reports:for-me-step", pk=fate.pk)
    at("realignment:role role-plan gain-add conversation-add", pk=role.pk)
    at("realignment:gain-edit gain-remove offer answer", pk=gain.pk)
    at("realignment:conversation-remove", pk=conversation.pk)
    at("realignment:path heard", pk=role.pk, person=_pk(erin))
    at("realignment:process-fate", pk=process.pk)
    at("realignment:step readers", kind="role", pk=fate.pk)


def _searches(at: Any, cast: Cast) -> None:
    solution, carol = cast.things["solution"], cast.carol.person
    seat = Seat.objects.create(solution=solution, person=carol, start=DAY)
    session = Session.objects.create(solution=solution, on=DAY)
    contribution = Contribution.objects.create(solution=solution, person=carol, on=DAY, words="One form is enough")
    at("realignment:solution change-solution invite record-session contribute decide reopen-solution", pk=solution.pk)
    at("realignment:offer-seat", pk=solution.pk, person=_pk(cast.erin.person))
    at("realignment:change-session", pk=solution.pk, session=session.pk)
    at("realignment:consent manager-agrees", pk=seat.pk, answer="yes")
    at("realignment:agree-hours free-seat take-seat-again", pk=seat.pk)
    at("realignment:outcome remove-contribution", pk=contribution.pk)
    at("realignment:put-back-contribution", entry=1)


def _assessments(at: Any, cast: Cast) -> None:
    days = {"opens_on": timezone.localdate(), "closes_on": timezone.localdate()}
    asked = {"program": cast.program, "name": "Readiness", "instrument": "readiness", "tables": [[]], "state": "open"}
    row = Round.objects.create(
        **asked, **days, items={"title": {"en": "Readiness"}, "about": {}, "items": [], "scales": []}
    )
    at("assessments:round edit-round remove-round open-round remind extend cancel go", pk=row.pk)
    billing = Combination.objects.create(round=row, label="Billing", invited=6)
    at("assessments:codes more-codes", pk=billing.pk)
    own = OwnInstrument.objects.create(
        program=cast.program, key="own-1", name="Ours", data={"item": [{"name": "a", "words": "A."}]}
    )
    at("assessments:remove-owninstrument", pk=own.pk)
    at("assessments:instrument type-words", key="srbai")
    at("assessments:put-back-round put-back-owninstrument", entry=1)
    at("assessments:results response close-round finish-round", pk=row.pk)
    made = {
        "divergencerating": DivergenceRating(rater="Anneke Brandt", role="audit", value=4, reason="It is far.", on=DAY),
        "hours": Hours(unit=cast.units["billing"], free=20, source="duty plan", on=DAY),
        "concurrentchange": ConcurrentChange(name="Outage system", start=DAY),
        "impact": Impact(key="I1", what="Bills in one place", unit=cast.units["billing"]),
    }
    for word, one in made.items():
        one.program = cast.program
        one.save()
        at(f"assessments:edit-{word} remove-{word}", pk=one.pk)
        at(f"assessments:put-back-{word}", entry=1)
    at("assessments:rate-impact", pk=made["impact"].pk, side="group")
    rated = ImpactRating.objects.create(
        program=cast.program, impact_id=made["impact"].pk, side="group", value=4, words="Much.", speaker="Dan", on=DAY
    )
    at("assessments:remove-impactrating", pk=rated.pk)
    at("assessments:put-back-impactrating", entry=1)
    stood = side_of(cast.alice.actor, cast.program, DAY, None).figures()
    said = {"decision": "less", "words": "Half of it.", "decided_by": "The board", "decided_on": DAY}
    decided = AmountDecision.objects.create(program=cast.program, figures=stood, **said)
    at("assessments:take-back-amount", pk=decided.pk)
    Token.objects.create(round=row, combination=billing, digest=digest_of(read(CODE)))
    at("assessments_open:answer", code=CODE)


def _voices(at: Any, cast: Cast) -> None:
    program, erin = cast.program, cast.erin
    topic = Topic.objects.create(program=program, name="Will we be quick enough?")
    row = Voice.objects.create(
        pk=1,
        program=program,
        kind="doubt",
        words="Is it quick enough?",
        way="signed",
        raised_on=DAY,
        raised_by=erin.user,
        author=erin.person,
        topic=topic,
    )
    point = Point.objects.create(program=program, name="Canteen", code="canteen123", opened_on=DAY)
    at("voice:voice", pk=row.pk)
    at("voice:step", pk=row.pk, step="answer")
    at("voice:topic answer-topic rename-topic topic-outcome reopen-topic", pk=topic.pk)
    at("voice:poster paper switch-point", pk=point.pk)
    at("voice_open:say", code=point.code)


def _imports(at: Any, cast: Cast) -> None:
    sheet = b"id,name,manager\n9001,Nora Nilsen,nobody\n"
    row = uploads.bring(cast.program, [("people.csv", sheet)], by=cast.alice.actor, at=AT)
    uploads.check(row, by=cast.alice.actor, at=AT)
    at("intake:look columns decide set-aside undo", pk=row.pk)
    at("intake:kept-out", pk=row.pk, table="people")
    at("intake:template", table="people", ending="csv")
    at("plan:excel-sheet", sheet="raid")


def _logs(at: Any, cast: Cast) -> None:
    log = b"case,activity,time,unit\n1,Take the call,2026-03-02 09:00,Billing\n2,Take the call,soon,Billing\n"
    file, alice = SimpleUploadedFile("steps.csv", log), cast.alice.actor
    now = timezone.now()  # what lies for more than a week is set aside
    row = log_uploads.bring_to(None, file, name="Orders", source="CRM", program=cast.program, by=alice, at=now)
    row.agree("Works agreement 14", on=DAY, by=alice, at=now)
    log_uploads.check(row)
    at("intake:log log-week log-measure", pk=row.log_id)
    at("disclosure:raise-threshold", kind="pace")
    at("adoption:let-go", pk=row.log_id)
    at("intake:delivery delivery-columns delivery-take delivery-set-aside delivery-undo delivery-kept-out", pk=row.pk)


def _pace(at: Any, cast: Cast) -> None:
    program, log = cast.program, Log.objects.get(key="crm")
    row = Behaviour.objects.create(program=program, key="B1", name="Log the contact", new_words="in the record")
    count = Count.objects.create(program=program, behaviour=row, week=date(2026, 8, 31), new=3, old=9, people=20)
    benefit = Benefit.objects.create(
        program=program, behaviour=row, name="Nobody types twice", unit_words="minutes", per_occasion=6
    )
    Source.objects.create(program=program, log=log, system="CRM", keeps_days=90, known=True)
    at("adoption:behaviour edit-behaviour remove-behaviour rule counts", pk=row.pk)
    at("adoption:put-back-behaviour put-back-count put-back-benefit", entry=1)
    at("adoption:remove-count", pk=count.pk)
    at("adoption:edit-benefit remove-benefit", pk=benefit.pk)
    at("adoption:keeps", pk=log.pk, system="CRM")


def _nominations(at: Any, cast: Cast) -> None:
    today = timezone.localdate()
    days = {"opens_on": today, "closes_on": today}
    row = Nomination.objects.create(program=cast.program, state="closed", closed_at=timezone.now(), asked=48, **days)
    at("coalition:nomination edit-nomination remove-nomination open-nomination close-nomination", pk=row.pk)
    at("coalition:cancel-nomination select", pk=row.pk)
    at("coalition:put-back-nomination", entry=1)
    basis = {"what_for": "To choose champions", "agreement": "Works agreement 14", "agreed_with": "Works council"}
    file = NetworkFile.objects.create(
        program=cast.program, name="Who asks whom", state="kept", place="0" * 16, brought_at=timezone.now(),
        agreed_on=DAY, expires_on=today, people=6, ties=4, **basis,
    )  # fmt: skip
    at("coalition:network take-network delete-network select-network", pk=file.pk)
    choice = Selection.objects.create(
        program=cast.program, network=file, asked_at=AT, state="done", options={"count": 1, "steps": 1}
    )
    at("coalition:selection stop-selection accept-selection", pk=choice.pk)
    asked = Champion.objects.create(program=cast.program, person=cast.charlie.person, source="nominated", start=DAY)
    at("coalition:champion-answer", pk=asked.pk)


def _team(at: Any, cast: Cast) -> None:
    row = Member.objects.create(program=cast.program, person=cast.carol.person, consent=True, start=DAY)
    at("coalition:wish", person=_pk(cast.erin.person), wish="fix")
    at("coalition:member-consent member-manager", pk=row.pk, answer="yes")
    at("coalition:member-hours free-member member-again", pk=row.pk)


def _champions(at: Any, cast: Cast) -> None:
    row = Champion.objects.create(
        program=cast.program, person=cast.heidi.person, consent=True, hours_per_week=2, start=STARTED
    )
    at("coalition:champion champion-hours champion-group end-champion champion-again rotate-champion", pk=row.pk)
    at("coalition:champion-said champion-manager", pk=row.pk, answer="yes")
    week = HoursUsed.objects.create(champion=row, week=date(2026, 8, 31), hours=2, contacts=6)
    at("coalition:undo-week", pk=week.pk)
    met = Meeting.objects.create(program=cast.program, on=DAY, words="Who carries whom")
    met.people.add(_pk(cast.heidi.person))
    at("coalition:change-meeting remove-meeting", pk=met.pk)
    at("coalition:put-back-meeting", entry=1)


def _sponsors(at: Any, cast: Cast) -> None:
    row = Sponsor.objects.create(program=cast.program, person=cast.bob.person, start=STARTED, words="Executive sponsor")
    at("coalition:edit-sponsor end-sponsor reopen-sponsor remove-sponsor told-sponsor", pk=row.pk)
    at("coalition:put-back-sponsor put-back-act", entry=1)
    act = Act.objects.create(program=cast.program, person=cast.bob.person, on=DAY, kind="visited", planned=True)
    at("coalition:edit-act act-done act-again remove-act", pk=act.pk)


def _customers(at: Any, cast: Cast) -> None:
    panel = Panel.objects.create(program=cast.program, name="Evening", customers="Households that moved", start=STARTED)
    panel.ours.set([cast.carol.person])
    met = CustomerMeeting.objects.create(program=cast.program, panel=panel, on=DAY, customers="Households that moved")
    met.ours.set([cast.carol.person])
    work = Improvement.objects.create(program=cast.program, key="J1", name="One letter", owner=cast.carol.person)
    for word, row in (("panel", panel), ("meeting", met), ("improvement", work)):
        at(f"communication:edit-{word} remove-{word}", pk=row.pk)
        at(f"communication:put-back-{word}", entry=1)
    at("communication:set-improvement", pk=work.pk, state="done")


def _pk(row: Any) -> int:
    return int(row.pk)


def unknown(named: Iterable[str], rows: Mapping[str, Any]) -> list[str]:
    """Names with arguments for which nothing is set up."""
    return sorted(set(named) - set(rows))
