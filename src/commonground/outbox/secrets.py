"""What a message says that is stored nowhere: filled in at the moment of sending, by the folder that knows it.

A body holds `{link}`; the row holds a reference such as “round:5/person:77”; the resolver of the kind answers {"link": "https://…"}
in memory. So neither the database nor a backup of it holds what stands in the mail.
"""

import re
from collections.abc import Callable, Mapping

Resolver = Callable[[str], Mapping[str, str]]
_RESOLVERS: dict[str, Resolver] = {}
_PLACE = re.compile(r"\{([a-z_]+)\}")


class NothingToSend(Exception):  # noqa: N818 - no fault: what it was about is over
    """A resolver's word that a message is not to be sent any more. Its text is told on the page and must not hold the secret."""


def resolver(kind: str, function: Resolver) -> None:
    """Says who fills in the messages of a kind; called once when the folder is ready. Raises ValueError for a second one."""
    if _RESOLVERS.get(kind, function) is not function:
        raise ValueError(f"Messages of the kind “{kind}” are filled in by somebody already.")
    _RESOLVERS[kind] = function


def filled(kind: str, secret: str, body: str) -> str:
    """The body with its places filled in. A place that nobody fills is left as it stands.

    Raises NothingToSend when the matter is over, or when nobody knows how to fill in a message that needs it.
    """
    if not secret:
        return body
    if kind not in _RESOLVERS:
        raise NothingToSend(f"Nobody can fill in messages of the kind “{kind}” any more, so it is kept back.")
    known = _RESOLVERS[kind](secret)
    return _PLACE.sub(lambda found: known.get(found[1], found[0]), body)
