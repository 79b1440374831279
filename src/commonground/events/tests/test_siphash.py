"""SipHash-2-4 against the vectors of its authors' reference implementation: key 00 01 … 0f, inputs of 0, 1, 2, … bytes."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.events.siphash import CHUNK, siphash

KEY = bytes(range(16))
VECTORS = {  # github.com/veorq/SipHash, vectors.h, vectors_sip64, read as little-endian numbers; 15 is also in the paper
    0: "310e0edd47db6f72",
    1: "fd67dc93c539f874",
    2: "5a4fa9d909806c0d",
    3: "2d7efbd796666785",
    4: "b7877127e09427cf",
    5: "8da699cd64557618",
    6: "cee3fe586e46c9cb",
    7: "37d1018bf50002ab",
    8: "6224939a79f5f593",
    15: "e545be4961ca29a1",
}


@pytest.mark.parametrize("size", VECTORS)
def test_the_authors_vectors(size: int) -> None:
    assert siphash(pa.array([bytes(range(size))]), KEY)[0] == int.from_bytes(bytes.fromhex(VECTORS[size]), "little")


@given(st.lists(st.none() | st.text(max_size=40), max_size=30), st.integers(0, 5))
def test_a_column_is_its_texts(texts: list[str | None], skip: int) -> None:
    column = pa.array(texts, pa.string())[skip:]
    alone = [int(siphash(pa.array([text or ""]), KEY)[0]) for text in texts[skip:]]
    assert siphash(column, KEY).tolist() == alone


def test_long_columns_are_cut_without_a_seam() -> None:
    texts = [f"case {number}" for number in range(3 * CHUNK + 5)]
    found = siphash(pa.array(texts), KEY)
    assert [int(found[place]) for place in (0, CHUNK - 1, CHUNK, 3 * CHUNK + 4)] == [
        int(siphash(pa.array([texts[place]]), KEY)[0]) for place in (0, CHUNK - 1, CHUNK, 3 * CHUNK + 4)
    ]
    assert len(set(found.tolist())) == len(texts)


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        siphash(pa.array(["a"]), b"short")
