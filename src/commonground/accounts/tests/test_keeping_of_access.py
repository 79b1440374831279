"""What is held of somebody's ways in, and what goes by itself."""

from datetime import UTC, datetime, timedelta

from tests.cast import Cast

from commonground.accounts import held, keeping
from commonground.accounts.models import Identity, SignInCode

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)


def test_old_codes_are_forgotten_and_those_that_work_stay(cast: Cast) -> None:
    for user, days in ((cast.erin.user, 1), (cast.dan.user, 10)):
        SignInCode.objects.print_for(user, lasts=timedelta(days=days), by=cast.alice.actor, at=AT)
    (rule,) = [rule for rule in keeping.RULES if rule.key == "accounts.sign_in_codes"]
    edge = AT.date() + timedelta(days=2)
    assert (rule.due(AT.date()), rule.due(edge)) == (0, 1)
    assert rule.run(edge, AT) == 1
    assert SignInCode.objects.get().user == cast.dan.user


def test_ways_in_are_told_to_their_owner_without_a_secret(cast: Cast) -> None:
    erin = cast.erin.user
    Identity.objects.create(user=erin, issuer="https://login.test", subject="s-erin", tied_at=AT)
    code = SignInCode.objects.print_for(erin, lasts=timedelta(days=1), by=cast.alice.actor, at=AT).code
    told = {one.kind: one for one in held.held_on(cast.erin.person, erin)}
    assert [row["name there"] for row in told["ways-in"].rows] == ["s-erin"]
    assert [row["used"] for row in told["printed-codes"].rows] == [None]
    assert code not in str(told)
    assert {one.kind: one for one in held.held_on(None, cast.dan.user)}["ways-in"].rows == []
