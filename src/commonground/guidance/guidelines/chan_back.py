"""CHAN: what comes back of what went out to customers."""

from collections.abc import Iterator

from commonground.analysis.facts import Message, Sending
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import chan as remedies
from commonground.guidance.guidelines.wording import counted

CALLED = {"email": "e-mail", "sms": "SMS", "portal": "the portal"}


@guideline(
    "CHAN-03",
    "What goes out to customers arrives: few of a message bounce on a channel.",
    severity="warn",
    why="What bounces was not heard, and counts as told in every report; addresses that are known to be dead keep being written to.",
    source=(
        "Practice CHAN: reach customers on channels they can receive; only addresses that are confirmed to deliver count (METHODS, "
        "appendix A, channel reach)."
    ),
    do="Refresh the contacts from the system that keeps them, and send what bounced on another channel that they have.",
    needs=("sendings",),
    also_reads=("messages",),
    parameters={"percent": 5, "least": 20},
    remedy=remedies.refresh_the_addresses,
)
def too_much_bounces(register: Register, parameters: Parameters) -> Iterator[Found]:
    titles = {row.id: row.title for row in rows_of(register.facts, "messages", Message)}
    for row in rows_of(register.facts, "sendings", Sending):
        sent, bounced = row.sent or 0, row.bounced or 0
        known = sent + bounced
        if known < parameters["least"] or bounced * 100 <= parameters["percent"] * known:
            continue
        title, by = titles.get(row.message, row.message), CALLED.get(row.channel, row.channel)
        yield Found(
            Subject("sending", f"{row.message}/{row.channel}"),
            f"Of “{title}” by {by}, {100 * bounced / known:.0f} % bounced: {counted(bounced, 'customer')} of {known:,} did not get it",
            title,
            f"sendings: {bounced:,} of {known:,} bounced by {by}, more than {parameters['percent']} %",
        )
