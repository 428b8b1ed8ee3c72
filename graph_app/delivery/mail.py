"""Mail over SMTP: where the server is, what a mail looks like, and handing it over."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from graph_app.encryption import refuse_plain
from graph_app.errors import N_, DeliveryError, SettingError
from graph_app.settings import Settings
from graph_app.text import without_controls

_SECONDS = 15.0
_PERMANENT = 500  # answers of SMTP from here on say that trying again is of no use
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_SUBJECT = 150  # characters


@dataclass(frozen=True)
class Mail:
    """One mail as it is written: to whom, about what, as text and as HTML. ``key`` makes its Message-ID."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    at: datetime


@dataclass(frozen=True)
class MailServer:
    """The mail server of the settings."""

    host: str
    port: int
    tls: str
    username: str
    password: str = field(repr=False)
    sender: Address

    @classmethod
    def of(cls, settings: Settings) -> "MailServer":
        """Return the server that ``settings`` name.

        Raises
        ------
        SettingError
            If they name none, or something in them cannot be used.

        """
        host, username = settings.text("PEYVAND_MAIL_HOST").strip(), settings.text("PEYVAND_MAIL_USERNAME")
        if not host:
            raise SettingError(N_("No mail server is set up: see the setting %(name)s."), name="PEYVAND_MAIL_HOST")
        tls = settings.choice("PEYVAND_MAIL_TLS", "starttls", "tls", "none")
        if tls == "none" and username and host.casefold() not in _LOOPBACK:
            message = N_("With PEYVAND_MAIL_TLS none, the password of the mail server would travel for all to read.")
            raise SettingError(message)
        if tls == "none":
            refuse_plain(settings, host, "PEYVAND_MAIL_HOST")
        port = settings.number("PEYVAND_MAIL_PORT", least=1, most=65535)
        return cls(host, port, tls, username, settings.secret("PEYVAND_MAIL_PASSWORD"), _sender(settings))

    def send(self, mail: Mail) -> None:
        """Hand ``mail`` over to the server.

        Raises
        ------
        DeliveryError
            If it does not take it.

        """
        message = written(mail, self.sender)
        try:
            with self._connection() as connection:
                connection.send_message(message, self.sender.addr_spec, [mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _refused(code, answer, final=code >= _PERMANENT) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error, final=error.smtp_code >= _PERMANENT) from error
        except smtplib.SMTPResponseException as error:  # of the sign-on or the sender, which settings can mend
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:  # also what TLS refuses
            reason = getattr(error, "strerror", None) or getattr(error, "verify_message", None) or error
            why = N_("The mail server %(host)s cannot be reached or used: %(reason)s")
            raise DeliveryError(why, host=self.host, reason=reason) from error

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self.tls == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            if self.tls == "starttls":
                connection.starttls(context=context)
            if self.username:
                connection.login(self.username, self.password)
            yield connection
        finally:  # what the server has taken it has taken, however the conversation ends
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()


def written(mail: Mail, sender: Address) -> EmailMessage:
    """Return ``mail`` as it goes over the wire. A line break in a header, from wherever, is a space."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = " ".join(without_controls(mail.subject).split())[:_SUBJECT]
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence is announced to us
    message["Content-Language"] = mail.language
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def address(text: str) -> str:
    """Return an e-mail address as SMTP takes it.

    Raises
    ------
    DeliveryError
        If it is none.

    """
    try:
        found = Address(addr_spec=text.strip())
    except (ValueError, IndexError, HeaderParseError) as error:  # what its parser says of odd texts
        raise DeliveryError(N_("“%(email)s” is not an e-mail address."), email=text) from error
    if not found.username or "." not in found.domain.strip(".") or not text.strip().isprintable():
        raise DeliveryError(N_("“%(email)s” is not an e-mail address."), email=text)
    return found.addr_spec


def _refused(code: int, answer: bytes | str, *, final: bool = False) -> DeliveryError:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    message = N_("The mail server refused it: %(code)s %(answer)s")
    return DeliveryError(message, code=code, answer=text, final=final)


def _sender(settings: Settings) -> Address:
    text = settings.text("PEYVAND_MAIL_SENDER")
    try:
        return Address("Peyvand", addr_spec=address(text))
    except DeliveryError as error:
        message = N_("The setting %(name)s is “%(text)s”; it must be an e-mail address.")
        raise SettingError(message, name="PEYVAND_MAIL_SENDER", text=text) from error
