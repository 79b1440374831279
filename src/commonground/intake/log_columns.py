"""What the page asks about the columns of an event log, and what its answers mean. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence

from commonground.intake.asked_column import ATTITUDE, PERSON, AskedColumn
from commonground.intake.attitudes import rates_attitude
from commonground.intake.problems import BadInput

SAMPLES, LONGEST = 3, 40
NEEDED = ("case", "activity", "time")
OURS: Mapping[str, str] = {
    "case": "what belongs together: the order, the request, the customer’s case",
    "activity": "the step that was done",
    "time": "when it was done",
    "person": "who did it: a pseudonym is stored, never the name",
    "unit": "the unit that did it",
    "product_line": "the product or its line",
    "channel": "how it came in: phone, letter, web",
    "id": "the source’s own number of the row",
}
# headers of columns that hold people; of these no value is shown, also while they are left out
_PEOPLE = re.compile(
    r"person|people|user|agent|employee|staff|worker|resource|owner|responsible|assign|clerk|handler|handled|creator|author|"
    r"created_?by|changed_?by|edited_?by|modified_?by|approved_?by|closed_?by|name|mail|phone|mobile|bearbeiter|mitarbeiter|"
    r"benutzer|zustandig|utilisateur|usuario|medewerker|gebruiker",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’.-]*,? (?:[^\W\d_]\. |(?:van|von|de|der|den|di|da|del|la|le) )*[^\W\d_a-z][\w'’-]+"
)


def asked(
    headers: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    detected: Mapping[str, str],
    chosen: Mapping[str, str],
    people: Collection[str] = (),
) -> list[AskedColumn]:
    """Every column of a file. detected, chosen: ours → header, as it was found, and as it was said to be. people: values that are
    known to stand for somebody, and headers that may hold persons.

    No value is shown of a column that is or was found to be that of the persons, that shares a value with it or with `people`, or
    that looks as if it held people and was not found to hold something else: who did what stands on no page.
    """
    read_as = {header: ours for ours, header in chosen.items()}
    persons = {chosen.get("person", ""), detected.get("person", "")} - {""}
    names = {value for header in persons for value in samples.get(header, ())}.union(people)
    found = []
    for at, header in enumerate(headers):
        ours, values = read_as.get(header, ""), samples.get(header, ())
        withheld = ""
        if rates_attitude(header, values):
            withheld, ours = ATTITUDE, ""
        elif (header in persons or header in people or names & set(values)) or (
            header not in detected.values() and _seems_to_hold_people(header, values)
        ):
            withheld = PERSON
        different = [value[:LONGEST] for value in dict.fromkeys(values) if value]
        found.append(
            AskedColumn(f"column.{at}", header, ours, () if withheld else tuple(different[:SAMPLES]), withheld)
        )
    return found


def _seems_to_hold_people(header: str, values: Sequence[str]) -> bool:
    """Whether the header says so, or most values are written as a first and a last name."""
    like_names = sum(1 for value in values if _NAME.fullmatch(value.strip()))
    return bool(_PEOPLE.search(header)) or like_names * 2 > len(values)


def mapping_from(given: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    """Ours → header, out of the answers of the page.

    Raises BadInput, whose text is for the page, when two columns are read as the same, one that is needed is missing, or a column
    rates people's attitude.
    """
    found: dict[str, str] = {}
    for at, header in enumerate(headers):
        ours = given.get(f"column.{at}", "")
        if ours not in OURS or rates_attitude(header):
            continue
        if ours in found:
            raise BadInput(
                f"“{found[ours]}” and “{header}” are both read as {_word(ours)}. Keep one of them, and leave the other out."
            )
        found[ours] = header
    missing = [_word(ours) for ours in NEEDED if ours not in found]
    if missing:
        raise BadInput(
            f"No column is read as {' or as '.join(missing)}. Choose the column for each: without a case, an activity and a time "
            "no row can be followed."
        )
    return found


def _word(ours: str) -> str:
    return ours.replace("_", " ")


def words_of(mapping: Mapping[str, str]) -> list[tuple[str, str]]:
    """(ours as a word, header), in our order."""
    return [(_word(ours), mapping[ours]) for ours in OURS if ours in mapping]
