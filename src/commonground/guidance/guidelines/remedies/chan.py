"""What ends the findings of CHAN."""

from commonground.analysis.communication.reach import BITS, CHANNELS
from commonground.analysis.facts import Facts, Message, Reachable, Sending
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def every_channel(facts: Facts, finding: Finding) -> Facts:
    """The message goes by every channel, and who had none is asked where a letter reaches them."""
    return _with_addresses(
        replaced(
            facts,
            "messages",
            Message,
            lambda row: row._replace(channels=CHANNELS) if row.id == finding.subject.id else row,
        )
    )


def a_message_for_the_rest(facts: Facts, finding: Finding) -> Facts:
    """One message more for the segment, by every channel, and an address of those who had none."""
    segment = finding.subject.id
    more = Message(
        f"for {segment}", "What changes for you", "customers", segments=(segment,), channels=CHANNELS, state="draft"
    )
    return _with_addresses(with_rows(facts, "messages", more))


def _with_addresses(facts: Facts) -> Facts:
    return replaced(
        facts,
        "reachable",
        Reachable,
        lambda row: row if BITS.keys() & set(row.channels) else row._replace(channels=("letter",)),
    )


def refresh_the_addresses(facts: Facts, finding: Finding) -> Facts:
    """What bounced was sent again to addresses that work."""

    def arrived(row: Sending) -> Sending:
        if f"{row.message}/{row.channel}" != finding.subject.id:
            return row
        return row._replace(sent=(row.sent or 0) + (row.bounced or 0), bounced=0)

    return replaced(facts, "sendings", Sending, arrived)
