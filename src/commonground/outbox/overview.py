"""What a page and the command line say about the mail: counts, the state of the way, and a sentence."""

from dataclasses import dataclass

from django.db.models import Count

from commonground.outbox import states
from commonground.outbox.models import Channel, MessageQuerySet
from commonground.outbox.way import way
from commonground.ui.words import number, plural

KIND_WORDS = {
    "test": "Test mail",
    "invitation": "Invitations",
    "reminder": "Reminders",
    "answer": "Answers to voices",
    "personal": "Personal notes",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """counts: state → messages, of all kinds. kinds: (kind, in words, waiting, sent, not sent), the largest first."""

    counts: dict[str, int]
    kinds: tuple[tuple[str, str, int, int, int], ...]
    dry: bool
    server: str
    channel: Channel | None

    @property
    def statement(self) -> str:
        """The worst first, in one sentence."""
        doubt, stuck = self.counts[states.UNCERTAIN], self.counts[states.FAILED] + self.counts[states.REFUSED]
        waiting = sum(self.counts[state] for state in states.OPEN)
        parts = []
        if doubt:
            parts.append(f"of {plural(doubt, 'message')} nobody knows whether {'it' if doubt == 1 else 'they'} arrived")
        if stuck:
            parts.append(f"{plural(stuck, 'message')} did not go out")
        if waiting:
            parts.append(f"{plural(waiting, 'message')} {'waits' if waiting == 1 else 'wait'}")
        if not parts:
            sent = self.counts[states.SENT]
            return f"All mail is sent: {plural(sent, 'message')}" if sent else "No mail yet"
        words = ", ".join(parts)
        return words[0].upper() + words[1:]


def overview(rows: MessageQuerySet) -> Overview:
    """Of the messages that one may see."""
    counts = dict.fromkeys(states.LABELS, 0)
    kinds: dict[str, list[int]] = {}
    for kind, state, count in rows.values_list("kind", "state").annotate(count=Count("pk")).order_by():
        counts[state] += count
        column = 0 if state in states.OPEN else 1 if state == states.SENT else 2
        kinds.setdefault(kind, [0, 0, 0])[column] += count
    ordered = sorted(kinds.items(), key=lambda item: (-sum(item[1]), item[0]))
    found = way()
    return Overview(
        counts,
        tuple((kind, words_of(kind), *three) for kind, three in ordered),  # type: ignore[misc]  # three numbers
        found is None,
        str(found.server) if found else "",
        Channel.objects.filter(pk=1).first(),
    )


def words_of(kind: str) -> str:
    """A kind of message as people say it."""
    return KIND_WORDS.get(kind) or kind.replace("_", " ").replace("-", " ").capitalize()


def lines(seen: Overview) -> list[str]:
    """The overview as text for the command line, without a recipient."""
    said = [seen.statement + "."]
    if seen.dry:
        said.append("Dry run: COMMONGROUND_MAIL is not set, so no mail leaves.")
    elif seen.channel is not None and seen.channel.trouble:
        said.append(f"The mail server: {seen.channel.trouble}")
    said += [f"{states.LABELS[state]}: {number(count)}" for state, count in seen.counts.items() if count]
    for _, words, waits, sent, rest in seen.kinds:
        said.append(f"  {words}: {number(waits)} waiting, {number(sent)} sent, {number(rest)} not sent")
    return said
