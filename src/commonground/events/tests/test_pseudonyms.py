"""One person, one pseudonym; another key, another pseudonym; the key is made once and is its owner's alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.events.pseudonyms import Pseudonyms, instance_key

OURS = Pseudonyms(b"k" * 32)


@pytest.mark.parametrize("written", [" abc12 ", "abc12\t", "ａｂｃ１２"])
def test_one_person_whatever_the_blanks_and_the_form_of_letters(written: str) -> None:
    assert OURS.of(written) == OURS.of("abc12")


@pytest.mark.parametrize("stands", ["Erin.Meyer@North.example", "erin.meyer@north.example", "ERIN.Meyer@north.example"])
def test_capitals_tell_persons_of_a_log_apart_and_not_those_looked_for(stands: str) -> None:
    assert OURS.of("TEST") != OURS.of("test")
    find = OURS.finder([OURS.of(stands), OURS.of("dan")])
    assert find("erin.meyer@North.example ") == [OURS.of(stands)]
    assert list(find("grace")) == []


@given(st.text(max_size=30))
def test_a_pseudonym_looks_the_same_whatever_it_stands_for(text: str) -> None:
    found = OURS.of(text)
    assert len(found) == 21
    assert found[0] == "p"
    assert set(found[1:]) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_another_key_gives_other_pseudonyms() -> None:
    assert OURS.of("erin") != Pseudonyms(b"j" * 32).of("erin")
    assert OURS.subkey("case") != OURS.subkey("id")


def test_the_key_is_not_printed() -> None:
    assert "k" * 32 not in repr(OURS)


def test_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 16 to 64"):
        Pseudonyms(b"short")


def test_the_instance_makes_its_key_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(instance_key, [tmp_path] * 16))
    assert len(keys) == 1
    assert (tmp_path / "pseudonym_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["pseudonym_key"]
