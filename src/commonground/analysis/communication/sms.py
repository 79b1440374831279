"""How many text messages a text is, as phone networks count them (3GPP TS 23.038 and 23.040). Pure.

A text of the phones' own alphabet takes 160 characters, or 153 in each part of a longer one; any other letter makes it 70, or 67 in
each part. A sign of the extension table (such as € or [) takes two places, and is never cut in half; nor is an emoji.
"""

from typing import Final, NamedTuple

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("\f^{}\\[~]|€")
ONE_GSM, PART_GSM, ONE_WIDE, PART_WIDE = 160, 153, 70, 67
PLAINER: Final = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'", "–": "-", "—": "-", "…": "...",
    "\u00a0": " ", "\u202f": " ", "•": "-", "−": "-", "\t": " ",
}  # fmt: skip


class Sms(NamedTuple):
    """parts: text messages it takes. used: places of the last of them, or of the only one; room: places that one has.

    wide: whether a letter makes it the short kind (70 instead of 160); odd: the letters that do.
    """

    parts: int
    used: int
    room: int
    wide: bool
    odd: tuple[str, ...]

    @property
    def left(self) -> int:
        return self.room - self.used


def sms_of(text: str) -> Sms:
    """How many text messages a text is. An empty text is none."""
    odd = tuple(dict.fromkeys(sign for sign in text if sign not in BASIC and sign not in EXTENSION))
    one, part = (ONE_WIDE, PART_WIDE) if odd else (ONE_GSM, PART_GSM)
    sizes = [_places(sign, wide=bool(odd)) for sign in text]
    whole = sum(sizes)
    if whole <= one:
        return Sms(1 if text else 0, whole, one, bool(odd), odd)
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:
            parts, used = parts + 1, 0
        used += size
    return Sms(parts, used, part, bool(odd), odd)


def _places(sign: str, *, wide: bool) -> int:
    if wide:
        return 2 if ord(sign) > 0xFFFF else 1
    return 2 if sign in EXTENSION else 1


def plainer(text: str) -> str:
    """The text with typographic signs as phones' own alphabet has them: quotes, dashes and spaces, no letter of a language."""
    return "".join(PLAINER.get(sign, sign) for sign in text)
