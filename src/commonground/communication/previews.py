"""How a message looks on each channel: mail, text message with its length, letter, fax, talk notes, notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonground.analysis.communication.sms import Sms, plainer, sms_of
from commonground.communication.mailing import body_of, known_lines, subject_of
from commonground.communication.messages import CHANNELS_OF, CUSTOMERS, SENDER_KINDS, Message, MessageText

LINES_OF_A_SHEET, LETTERS_OF_A_LINE = 46, 84


@dataclass(frozen=True)
class Preview:
    """A message on one channel. head: lines above it; notes: what whoever sends it must know; points: of a talk."""

    channel: str
    label: str
    head: Sequence[tuple[str, str]] = ()
    subject: str = ""
    body: str = ""
    points: Sequence[str] = ()
    notes: Sequence[str] = ()
    sms: Sms | None = None


def previews(message: Message, text: MessageText | None) -> list[Preview]:
    """A preview for each channel that the message uses, in the order of the channels."""
    names = CHANNELS_OF[message.side]
    return [preview(message, text, name) for name in names if name in message.channels]


def preview(message: Message, text: MessageText | None, channel: str) -> Preview:
    """The message as it would look on a channel of its side."""
    label = CHANNELS_OF[message.side][channel]
    subject, body = subject_of(message, text), body_of(message, text).strip()
    if channel == "sms":
        return _sms(label, text, subject)
    if channel in ("talk", "meeting", "phone", "visit"):
        return _spoken(message, channel, label, text, subject)
    if channel in ("letter", "fax", "print", "screen"):
        return _printed(message, channel, label, subject, body)
    head = [("From", sender_of(message)), ("To", "one of the audience" if message.is_inside else "a customer")]
    return Preview(channel, label, [*head, ("Subject", subject)] if channel == "email" else (), subject, body)


def sender_of(message: Message) -> str:
    """Whose message it is: a name, or the kind of sender."""
    return message.sender.name if message.sender is not None else SENDER_KINDS[message.sender_kind]


def _sms(label: str, text: MessageText | None, subject: str) -> Preview:
    """Only the words: a text message has no subject and no room for more."""
    body = (text.body if text is not None else "").strip() or subject
    counted = sms_of(body)
    notes = []
    if counted.wide and not sms_of(plainer(body)).wide:
        notes.append(
            f"Quotes, dashes or spaces ({' '.join(counted.odd[:6])}) make it the short kind. With plain ones it takes "
            f"{sms_of(plainer(body)).parts}."
        )
    elif counted.wide:
        notes.append(f"These letters make it the short kind: {' '.join(counted.odd[:6])}")
    if counted.parts > 2:
        notes.append("Each part is paid for. Few people read more than two on a phone.")
    return Preview("sms", label, (), "", body, (), notes, counted)


def _spoken(message: Message, channel: str, label: str, text: MessageText | None, subject: str) -> Preview:
    words = (text.body if text is not None else "").strip()
    points = [" ".join(part.split()) for part in words.split("\n\n") if part.strip()]
    asked = [f"Is asked: {topic.name}" for topic in message.topics.all()]
    notes = ["Say it in your own words. What you do not know, say that you do not know."] if channel == "talk" else []
    return Preview(channel, label, (), subject, "", [*points, *known_lines(message), *asked], notes)


def _printed(message: Message, channel: str, label: str, subject: str, body: str) -> Preview:
    sheets = pages_of(body)
    head: list[tuple[str, str]] = []
    if channel in ("letter", "fax") and message.side == CUSTOMERS:
        head = [("From", sender_of(message)), ("To", "name and address, or number, of each contact")]
    notes = [f"{sheets} page{'s' if sheets > 1 else ''}{' and a cover' if channel == 'fax' else ''}."]
    if channel == "screen" and len(body) > 300:
        notes.append("A screen is passed in a few seconds: two short sentences are read.")
    return Preview(channel, label, head, subject, body, (), notes)


def pages_of(body: str) -> int:
    """About how many sheets a text takes when it is printed."""
    lines = sum(max(1, -(-len(line) // LETTERS_OF_A_LINE)) for line in body.splitlines())
    return max(1, -(-lines // LINES_OF_A_SHEET))


def is_overdue(message: Message, day: date) -> bool:
    """Whether the next word was promised for a day that has passed."""
    return message.next_on is not None and message.next_on < day
