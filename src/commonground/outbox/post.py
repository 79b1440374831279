"""Speaking SMTP, one message at a time, so that the moment before the final dot can be written down."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

SPEAKING = 60.0  # seconds that the server has for each answer
TAKING_OVER = 300.0  # and for the answer to a whole message (RFC 5321 asks for patience here)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class BadAddressError(ValueError):
    """An address of a mail server that cannot be used. The message says what would do."""


class Unreachable(Exception):  # noqa: N818 - told on the page as a state of the way
    """The server cannot be spoken to, or does not let us in: no message's fault, none is counted as tried."""


class Refused(Exception):  # noqa: N818 - an answer of the server
    """The server's answer to one message. `later`: it may be tried again (4xx, or the line broke before the end)."""

    def __init__(self, words: str, *, later: bool) -> None:
        super().__init__(words)
        self.later = later


class Unknown(Exception):  # noqa: N818 - neither sent nor refused
    """The line broke after the end of a message was said and before the answer: nobody knows whether it was taken."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to speak to it. tls: “starttls”, “tls” from the first byte, or “none” on this machine."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def server_of(url: str) -> Server:
    """Reads `smtp://user:password@host:587?tls=starttls`; `smtps://` speaks TLS from the first byte. Raises BadAddressError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddressError("its port is not a number below 65536") from None
    if parts.scheme not in {"smtp", "smtps"} or not host:
        raise BadAddressError("it does not look like smtp://user:password@mail.example.com:587")
    asked = parse_qs(parts.query)
    tls = asked.pop("tls", ["tls" if parts.scheme == "smtps" else "starttls"])[0]
    if asked or tls not in {"starttls", "tls", "none"} or (parts.scheme == "smtps" and tls != "tls"):
        raise BadAddressError("after “?” it may say tls=starttls, tls=tls or tls=none")
    if tls == "none" and host not in LOOPBACK:
        raise BadAddressError("tls=none is for a mail server on this machine only; mail of people travels encrypted")
    if bool(parts.username) != bool(parts.password):
        raise BadAddressError("it names a user or a password alone; give both or neither")
    default = {"tls": 465, "starttls": 587, "none": 25}[tls]
    return Server(host, port or default, tls, unquote(parts.username or ""), unquote(parts.password or ""))


class Line:
    """An open line to the server. Each `hand` is one message to one recipient."""

    def __init__(self, server: Server) -> None:
        """Raises Unreachable when there is no line, no encryption or no leave to send."""
        context = ssl.create_default_context()
        self._midway = False  # a message was begun: what is said now would become part of it
        try:
            if server.tls == "tls":
                self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SPEAKING, context=context)
            else:
                self._smtp = smtplib.SMTP(server.host, server.port, timeout=SPEAKING)
            self._greet(server, context)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(_words(error, server)) from error

    def _greet(self, server: Server, context: ssl.SSLContext) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            self._smtp.starttls(context=context)
            self._smtp.ehlo()
        if server.user:
            self._smtp.login(server.user, server.password)

    def hand(self, message: EmailMessage, sender: str, recipient: str, before_the_end: Callable[[], None]) -> str:
        """Hands one message over; the server's words of thanks.

        before_the_end is called after all of the message was said but its final dot: until then nothing can have been taken over.
        What it raises goes through, and the message is not ended. Raises Unreachable (no message's fault), Refused or Unknown.
        """
        self._command(f"MAIL FROM:<{sender}>", for_message=False)
        self._command(f"RCPT TO:<{recipient}>")
        self._command("DATA", wanted=354)
        self._midway = True
        try:
            self._smtp.send(_dotted(message.as_bytes()))
        except (smtplib.SMTPException, OSError) as error:
            raise Refused(f"The line broke in the middle of the message ({_why(error)}).", later=True) from error
        before_the_end()
        return self._end()

    def _end(self) -> str:
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(TAKING_OVER)
            self._smtp.send(b".\r\n")
            code, words = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Unknown(
                f"The line broke before the server said whether it took the message ({_why(error)})."
            ) from error
        self._midway = False
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(SPEAKING)
        if not 200 <= code < 300:
            raise Refused(_said(code, words), later=code < 500)
        return _said(code, words)

    def _command(self, line: str, *, wanted: int = 250, for_message: bool = True) -> None:
        try:
            code, words = self._smtp.docmd(line)
        except (smtplib.SMTPException, OSError) as error:
            if for_message:
                raise Refused(f"The line broke before the message was said ({_why(error)}).", later=True) from error
            raise Unreachable(f"The line broke ({_why(error)}).") from error
        if code == wanted or (wanted == 250 and code == 251):
            return
        if for_message:
            raise Refused(_said(code, words), later=code < 500)
        raise Unreachable(f"The mail server does not take mail from this sender: {_said(code, words)}")

    def again(self) -> bool:
        """Makes ready for the next message after one was refused; False when the line is gone."""
        try:
            return not self._midway and self._smtp.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def close(self) -> None:
        """Takes leave, without a word in the middle of a message. What goes wrong with that matters to nobody."""
        smtp = getattr(self, "_smtp", None)
        if smtp is None:
            return
        try:
            if not self._midway:
                smtp.quit()
        except (smtplib.SMTPException, OSError):
            pass  # all that was to be said is said; the server hung up first
        finally:
            smtp.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _dotted(raw: bytes) -> bytes:
    """Lines end with CRLF, and a line's first dot is doubled (RFC 5321, 4.5.2); the final dot is left out."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}".replace("\n", " ").strip()[:300]


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:120]


def _words(error: Exception, server: Server) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{server} does not accept the user and password: {_said(error.smtp_code, error.smtp_error)}"[:300]  # type: ignore[arg-type]  # bytes at run time
    if isinstance(error, ssl.SSLError):
        return f"The encryption with {server} did not come about: {_why(error)}"
    return f"{server} cannot be reached: {_why(error)}"
