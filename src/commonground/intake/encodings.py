"""Bytes of somebody's file as text: which encoding they are in, and what is plainly not a table at all."""

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from commonground.intake.letters import likely_encodings, telling_lines
from commonground.intake.problems import BadInput

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_THINGS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"{\\rtf", "a text document"),
)
_MARKUP = (
    (re.compile(r"<(!doctype html|html|table|body)\b", re.I), "a web page"),
    (re.compile(r"<(\?xml|[a-z][\w:.-]*[\s>/])", re.I), "an XML document"),
    (re.compile(r"[\[{]\s*(\"[^\"]*\"\s*:|\{|\])"), "a JSON document"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, the encoding it was in, and whether that encoding is a guess to be looked at."""

    text: str
    encoding: str
    guessed: bool = False


def refuse_other_things(data: bytes, file: str) -> None:
    """Raises BadInput when the first bytes are those of a picture, a document, an archive …"""
    if not data.strip(b"\x00 \t\r\n"):
        raise BadInput(f"{file} is empty. Give a sheet with a row of headers and rows below it.")
    for start, thing in _OTHER_THINGS:
        if data.startswith(start) and not (start == b"BM" and b"\x00" not in data[:14]):
            raise BadInput(f"{file} is {thing}, not a table. Save the table as CSV or XLSX and give that file.")


def decode(data: bytes, file: str) -> Text:
    """The bytes as text: a byte order mark wins, then UTF-8 tried strictly, then a guess by the letters.

    Raises BadInput when no encoding gives readable text.
    """
    found = _by_mark(data) or _by_nul_bytes(data) or _as_utf8(data) or _by_letters(data)
    if found is None or _looks_binary(found.text):
        raise BadInput(f"{file} holds no readable text. Save the table as CSV (UTF-8) or XLSX and give that file.")
    start = found.text.lstrip("\ufeff \t\r\n")[:400]
    for pattern, thing in _MARKUP:
        if pattern.match(start):
            raise BadInput(f"{file} is {thing}, not a table. Save the table as CSV or XLSX and give that file.")
    return found


def _by_mark(data: bytes) -> Text | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
            return Text(text, encoding, guessed="\ufffd" in text)
    return None


def _by_nul_bytes(data: bytes) -> Text | None:
    """UTF-16 without a mark: in mostly Latin text every second byte is NUL."""
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) * 0.2 or min(even, odd) > max(even, odd) * 0.2:
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = data.decode(encoding, errors="replace")
    return Text(text, encoding, guessed="\ufffd" in text)


def _as_utf8(data: bytes) -> Text | None:
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _by_letters(data: bytes) -> Text | None:
    sample = telling_lines(data)
    for encoding in likely_encodings(sample):
        if (whole := _strictly(data, encoding)) is not None:
            return Text(whole, encoding)
    best = from_bytes(sample, preemptive_behaviour=False).best()
    if best is not None and (whole := _strictly(data, best.encoding)) is not None:
        return Text(whole, best.encoding, guessed=True)
    return Text(data.decode("cp1252", errors="replace"), "cp1252", guessed=True)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _looks_binary(text: str) -> bool:
    head = text[:4000]
    odd = sum(1 for letter in head if letter < " " and letter not in "\t\r\n\x0b\x0c\x00") + head.count("\ufffd")
    nul = head.count("\x00")
    return odd > len(head) * 0.02 + 1 or nul > len(head) * 0.3
