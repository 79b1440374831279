"""Which names mean the same: activities of a log as systems write them, processes of a register as people do."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping

NEAR = 0.8  # how alike two names are before one is suggested for the other, as a ratio of matching characters
WORDS = 0.6  # or which share of their words they have in common


def normalised(name: str) -> str:
    """A name without what does not tell names apart: case, accents, punctuation, spaces. Empty where nothing else is left."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def only_ones(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Normalised name → the one thing that is called so; names of several things, and empty ones, are left out."""
    found: dict[str, set[int]] = {}
    for name, thing in named:
        found.setdefault(normalised(name), set()).add(thing)
    return {name: next(iter(things)) for name, things in found.items() if name and len(things) == 1}


def nearest(name: str, known: Mapping[str, int]) -> int | None:
    """The thing whose name is most like this one, if one is near enough; it is for people to say whether it is the same.

    known: normalised name → thing. Near are names of which 60 % of the words are the same, or 80 % of the characters in order
    (Ratcliff and Metzener, 1988).
    """
    wanted = normalised(name)
    if not wanted or not known:
        return None
    words = set(wanted.split())
    shared = [(_shared(words, set(other.split())), other) for other in known]
    best, other = max(shared, key=lambda one: (one[0], one[1]))
    if best >= WORDS:
        return known[other]
    alike = difflib.get_close_matches(wanted, list(known), n=1, cutoff=NEAR)
    return known[alike[0]] if alike else None


def _shared(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two) if one and two else 0.0
