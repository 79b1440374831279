"""An address may hold anything; what is no id is none."""

import pytest

from commonground.ui.asked import id_asked


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("7", 7), ("007", 7), ("9223372036854775807", 2**63 - 1), ("9223372036854775808", None)),
        *((text, None) for text in ("", "-1", "1e3", "²", "٣", "1" * 30, "1\x00", " 7")),
    ],
)
def test_what_is_no_id_is_none(text: str, number: int | None) -> None:
    assert id_asked(text) == number
