"""How often somebody may send without signing in: by where they come from, and without keeping where that is."""

from datetime import UTC, datetime, timedelta

from commonground.access.throttling import Throttle

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def test_the_throttle_forgets_and_holds_no_address() -> None:
    throttle = Throttle(most=1, in_all=10)
    assert throttle.allows("198.51.100.7", AT)
    assert not throttle.allows("198.51.100.7", AT)
    key, marks = throttle._key, set(throttle._counts)
    assert b"198.51.100.7" not in b"".join(marks)
    assert throttle.allows("198.51.100.7", AT + timedelta(minutes=11))
    assert throttle._key != key
    assert marks.isdisjoint(throttle._counts)


def test_one_place_does_not_shut_the_door_for_another_until_all_are_too_many() -> None:
    throttle = Throttle(most=2, in_all=3)
    assert [throttle.allows("198.51.100.7", AT) for _ in range(3)] == [True, True, False]
    assert [throttle.allows("198.51.100.8", AT) for _ in range(2)] == [True, False]


def test_what_is_only_asked_is_not_counted() -> None:
    throttle = Throttle(most=1, in_all=10)
    assert all(throttle.allows("198.51.100.7", AT, count=False) for _ in range(5))
    assert throttle.allows("198.51.100.7", AT)
    assert not throttle.allows("198.51.100.7", AT, count=False)
