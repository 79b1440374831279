"""Figures are stored as JSON and come back the same."""

import json
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.pace.figures import Group, Pace, Series, read, written

numbers = st.floats(allow_nan=False, allow_infinity=False)


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Any figures of a kind, so that whatever is added later is tried as well."""
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return st.lists(of(parts[0]), max_size=2).map(tuple) if parts[-1] is Ellipsis else st.tuples(*map(of, parts))
    if parts:
        return st.one_of([st.none() if part is NoneType else of(part) for part in parts])
    if hasattr(kind, "_fields"):
        return st.builds(kind, **{name: of(hint) for name, hint in get_type_hints(kind).items()})
    return {str: st.text(max_size=3), int: st.integers(), float: numbers, bool: st.booleans()}[kind]


@given(of(Pace))
def test_figures_come_back_the_same(pace: Pace) -> None:
    assert read(json.loads(json.dumps(written(pace), allow_nan=False))) == pace


def test_what_is_missing_has_its_default_and_what_is_unknown_is_left_out() -> None:
    data = written(Pace(Group("whole", "", Series("all", (), 0)), (), (), None, None, untold=3))
    del data["untold"]
    assert read(data | {"later": 1}).untold == 0
    del data["whole"]
    with pytest.raises(ValueError, match="Measure the behaviour again"):
        read(data)
