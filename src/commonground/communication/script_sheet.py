"""The sheet of a cut-over that lies beside the phone: what customers may notice, what we say, what we promise and give, who speaks."""

from typing import IO

from commonground.communication.hiccups import HiccupPlan
from commonground.communication.paper import Paper
from commonground.ui.words import day as day_words


def write_script(file: IO[bytes], plan: HiccupPlan) -> None:
    """Writes the PDF of a plan, as it stands."""
    paper = Paper(file, title=f"{plan}: what we say")
    paper.heading(str(plan))
    if plan.day:
        paper.words(f"On {day_words(plan.day, weekday=True)}", quiet=True)
    if plan.notice:
        paper.heading("What customers may notice", level=2)
        paper.points(line.strip() for line in plan.notice.splitlines() if line.strip())
    if plan.script:
        paper.heading("What we say", level=2)
        paper.words(plan.script, size=13)
    rows = list(plan.promises.select_related("speaks", "plan__speaks"))
    if rows:
        paper.heading("What we promise, and what we do when it fails", level=2)
    for row in rows:
        paper.heading(row.promise, level=3)
        speaker = row.speaker
        pairs = [
            ("It fails when", row.fails_when),
            ("What we do", row.remedy),
            ("What we say then", row.words),
            ("Who speaks", speaker.name if speaker else ""),
        ]
        paper.named((name, text) for name, text in pairs if text)
    if plan.speaks:
        paper.rule()
        paper.words(
            f"Who speaks for us: {plan.speaks.name}. Whoever asks for more than this sheet says is put through."
        )
    paper.close()
