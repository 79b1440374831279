"""A message as a notice for a board, on one sheet where it fits."""

from io import BytesIO

from commonground.analysis.communication.wording import language_of
from commonground.communication.mailing import known_lines, subject_of
from commonground.communication.messages import Message, MessageText
from commonground.communication.paper import Paper
from commonground.communication.previews import sender_of
from commonground.programs.models import Program


def notice(message: Message, text: MessageText | None, program: Program, size: str = "A4") -> BytesIO:
    """The PDF, ready to be read. size: of the paper, as `paper.SIZES` names it."""
    file = BytesIO()
    paper = Paper(file, title=message.title, size=size, language=_code(text), foot=f"{program}: {message.title}")
    paper.heading(subject_of(message, text))
    paper.words(text.body if text is not None and text.body else message.purpose, size=14)
    lines = known_lines(message)
    if lines:
        paper.rule()
        paper.points(lines, size=12)
    paper.rule()
    paper.words(f"From {sender_of(message)}{_days(message)}", size=11, quiet=True)
    paper.close()
    file.seek(0)
    return file


def _days(message: Message) -> str:
    return f", {message.start:%-d %B %Y}" if message.start is not None else ""


def _code(text: MessageText | None) -> str:
    return (language_of(text.language) if text is not None else "") or "en"
