"""Which names a text might hold, so that a register can be asked whether anybody is called so."""

import re
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_][\w’'\-]*\.?", re.UNICODE)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "herr", "frau", "mr.", "mrs.", "ms.", "dr."})
LONGEST = 4  # words of a name


def names_in(text: str) -> frozenset[str]:
    """Every run of two to four words of a text, as it stands there, of which each begins with a capital but perhaps those in the middle."""
    words = [word.rstrip(".").removesuffix("’s").removesuffix("'s") for word in _WORD.findall(text)]
    runs = (words[at : at + many] for at in range(len(words)) for many in range(2, LONGEST + 1))
    return frozenset(" ".join(run) for run in runs if len(run) > 1 and run[0][:1].isupper() and run[-1][:1].isupper())


def titled_in(text: str) -> frozenset[str]:
    """The words after a title, such as “Visser” of “Mr Visser”."""
    words = _WORD.findall(text)
    pairs = pairwise(words)
    return frozenset(after.rstrip(".") for title, after in pairs if title.casefold() in _TITLES and after[:1].isupper())
