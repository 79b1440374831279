"""What an address asks for, out of the text that stands in it."""

LARGEST = 2**63 - 1  # what a column of a database holds


def id_asked(text: str) -> int | None:
    """The id that a text names; None where it is no whole number that an id can be."""
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
