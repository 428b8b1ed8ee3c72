"""Every setting, once: its name in the environment, its default and what it is for."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import platformdirs

from graph_app.errors import N_, SettingError, reason_of

LARGEST_PICTURE = 499  # entities; from 500 on the springs of networkx need scipy, larger than all the rest


class Setting(NamedTuple):
    """One setting as people type it. ``default`` is text, as it would stand in the environment."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("NEO4J_URI", "", "Address of your own Neo4j, e.g. neo4j+s://host. Empty: Peyvand runs one for you."),
    Setting("NEO4J_USERNAME", "neo4j", "User name at your own Neo4j."),
    Setting("NEO4J_PASSWORD", "", "Password at your own Neo4j."),
    Setting("NEO4J_PASSWORD_FILE", "", "File with that password, instead of the setting."),
    Setting("NEO4J_DATABASE", "neo4j", "Name of the database at your own Neo4j."),
    Setting("PEYVAND_HOME", "", "Folder for everything that is kept. Empty: the user's data folder."),
    Setting("PEYVAND_DATABASE", "", "Address of the application database. Empty: a SQLite file in the folder."),
    Setting("PEYVAND_DATABASE_FILE", "", "File with that address, instead of the setting: it may hold a password."),
    Setting("PEYVAND_MAPPINGS", "", "Folder with your own mappings. Empty: mappings, in the folder for everything."),
    Setting("PEYVAND_QUERIES", "", "Folder with your own questions. Empty: queries, in the folder for everything."),
    Setting("PEYVAND_HOSTS", "", "Names under which others reach the app, between commas, once there are accounts."),
    Setting("PEYVAND_PROXY", "", "Address of a reverse proxy whose X-Forwarded-For and -Proto are believed."),
    Setting("PEYVAND_SECOND_FACTOR", "", "Roles that must sign in with a code as well, between commas."),
    Setting(
        "PEYVAND_KEY_FILE",
        "",
        "File with the key that seals secrets in the database. Empty: key, in the folder for everything.",
    ),
    Setting("PEYVAND_OIDC_ISSUER", "", "Issuer of the OpenID Connect provider where people sign in. Empty: none."),
    Setting("PEYVAND_OIDC_NAME", "", "What the provider is called on the page. Empty: its host name."),
    Setting("PEYVAND_OIDC_CLIENT", "", "Name (client id) of this installation at the provider."),
    Setting("PEYVAND_OIDC_SECRET_FILE", "", "File with the client secret. Empty: a public client, with PKCE alone."),
    Setting("PEYVAND_OIDC_EMAIL", "email", "Claim that is the e-mail address; email_verified must be true."),
    Setting("PEYVAND_OIDC_GROUPS", "groups", "Claim that lists the groups."),
    Setting("PEYVAND_OIDC_ROLES", "", "Which group has which role, as group=role between commas; the first counts."),
    Setting(
        "PEYVAND_OIDC_NEW", "no", "Whether who has no account gets one, a viewer's unless a group says more: yes or no."
    ),
    Setting("PEYVAND_OIDC_LINK", "no", "Whether who has an account of the same address takes it over: yes or no."),
    Setting("PEYVAND_OIDC_ACR", "", "Values of acr, between commas, that mean that a second factor was shown."),
    Setting("PEYVAND_LANGUAGE", "", "Language of the command line, en or fa. Empty: from LANG."),
    Setting(
        "PEYVAND_ENGINE_JARS",
        "",
        "Folder that already holds the engine's jars, for machines without a network (`engine install --to` makes it).",
    ),
    Setting(
        "PEYVAND_ENGINE_REPOSITORY",
        "",
        "Base address to fetch the engine from; it may have a path, a name and a password. Empty: the public one.",
    ),
    Setting("PEYVAND_ENGINE_PORT", "0", "Port of the managed engine on this machine. 0: any free one."),
    Setting(
        "PEYVAND_ENGINE_HEAP",
        "",
        "Largest heap of the managed engine, such as 2g. Empty: an eighth of the memory, from 512m to 4g.",
    ),
    Setting(
        "PEYVAND_ENGINE_PAGECACHE",
        "",
        "Page cache of the managed engine. Empty: a sixteenth of the memory, from 128m to 2g.",
    ),
    Setting(
        "PEYVAND_ENGINE_TRANSACTION",
        "",
        "Most memory of one transaction in the managed engine. Empty: a quarter of its heap.",
    ),
    Setting(
        "PEYVAND_BORDERS",
        "",
        "File with the borders on the map, TopoJSON or GeoJSON. Empty: those of Natural Earth, as shipped.",
    ),
    Setting("PEYVAND_ROWS", "1000", "Most rows that one question may return."),
    Setting("PEYVAND_EXPORT", "1000000", "Most rows of an answer that is taken away whole, as CSV or NDJSON."),
    Setting("PEYVAND_ELEMENTS", "300", "Most entities that one picture may hold, 499 at most."),
    Setting("PEYVAND_SECONDS", "10", "Most seconds that one question may take."),
    Setting(
        "PEYVAND_BULK",
        "8",
        "From how many megabytes of files on the first load is made by the engine's import tool. 0: never.",
    ),
    Setting("PEYVAND_UPLOAD", "100", "Most megabytes of files that may be sent to the loads page at once."),
    Setting(
        "PEYVAND_UPLOAD_DAYS",
        "90",
        "Days after which files sent to the loads page go, their plans, and edits never recorded. 0: never.",
    ),
    Setting(
        "PEYVAND_SCANNER",
        "",
        "Command of a virus scanner that gets the path of each file sent, such as clamdscan --fdpass. Empty: none.",
    ),
    Setting("PEYVAND_AUDIT_DAYS", "0", "Days after which lines of the audit go; a line says so and stays. 0: never."),
    Setting("PEYVAND_LOG", "text", "How the log of the server is written: text, or json with a line for each request."),
    Setting("PEYVAND_METRICS_TOKEN", "", "Token for which /metrics answers other machines. Empty: this machine alone."),
    Setting("PEYVAND_METRICS_TOKEN_FILE", "", "File with that token, instead of the setting."),
    Setting("PEYVAND_UNPACKED", "1000", "Most megabytes to which an uploaded archive or workbook may unpack."),
    Setting(
        "PEYVAND_ADDRESS",
        "",
        "Address of the app, with https, for links in what is sent. Empty: where each person set their channel up.",
    ),
    Setting(
        "PEYVAND_UNENCRYPTED",
        "",
        "Servers elsewhere that may be reached unencrypted, by name, between commas: if nobody can listen there.",
    ),
    Setting("PEYVAND_MAIL_HOST", "", "Mail server (SMTP) that takes what is sent by e-mail. Empty: no e-mail."),
    Setting("PEYVAND_MAIL_PORT", "587", "Its port: 587 with starttls, 465 with tls."),
    Setting("PEYVAND_MAIL_TLS", "starttls", "How the way to it is kept secret: starttls, tls, or none."),
    Setting("PEYVAND_MAIL_USERNAME", "", "User name at the mail server. Empty: it wants none."),
    Setting("PEYVAND_MAIL_PASSWORD", "", "Password at the mail server."),
    Setting("PEYVAND_MAIL_PASSWORD_FILE", "", "File with that password, instead of the setting."),
    Setting("PEYVAND_MAIL_SENDER", "", "E-mail address from which mail is sent."),
    Setting(
        "PEYVAND_HOOK_NETWORKS",
        "",
        "Networks that are not public and that webhooks may reach all the same, between commas, e.g. 10.1.0.0/16.",
    ),
    Setting("PEYVAND_HOOK_HTTP", "no", "Whether webhooks may go to http addresses, unencrypted: yes or no."),
)


@dataclass(frozen=True)
class Settings:
    """The settings of one run, read once and passed on.

    Parameters
    ----------
    values
        Name to text, for every name in ``SETTINGS``.

    """

    values: Mapping[str, str]

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Return the settings of ``environment``, by default the process's own."""
        source = os.environ if environment is None else environment
        return cls({setting.name: source.get(setting.name) or setting.default for setting in SETTINGS})

    def text(self, name: str) -> str:
        """Return the setting ``name`` as it was written."""
        return self.values[name]

    def secret(self, name: str) -> str:
        """Return the setting ``name``, or what is in the file that the setting of that name and ``_FILE`` names.

        Raises
        ------
        SettingError
            If the file cannot be read.

        """
        file = self.values[f"{name}_FILE"]
        if not file:
            return self.values[name]
        try:
            return Path(file).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, ValueError) as error:
            message = N_("The file of the setting %(name)s cannot be read: %(reason)s.")
            raise SettingError(message, name=f"{name}_FILE", reason=reason_of(error)) from error

    def number(self, name: str, *, least: int = 0, most: int | None = None) -> int:
        """Return the setting ``name`` as a whole number from ``least`` to ``most``.

        Raises
        ------
        SettingError
            If it is something else.

        """
        text = self.values[name]
        if not text.isdecimal() or int(text) < least:
            message = N_("The setting %(name)s is “%(text)s”; it must be a whole number of at least %(least)s.")
            raise SettingError(message, name=name, text=text, least=least)
        if most is not None and int(text) > most:
            message = N_("The setting %(name)s is “%(text)s”; it must be at most %(most)s.")
            raise SettingError(message, name=name, text=text, most=most)
        return int(text)

    def choice(self, name: str, *words: str) -> str:
        """Return the setting ``name``, which is one of ``words``.

        Raises
        ------
        SettingError
            If it is something else.

        """
        text = self.values[name].strip().casefold()
        if text not in words:
            message = N_("The setting %(name)s is “%(text)s”; it must be one of: %(words)s.")
            raise SettingError(message, name=name, text=self.values[name], words=", ".join(words))
        return text

    @property
    def home(self) -> Path:
        """Folder for everything that a run keeps. It is made when it is first needed."""
        return Path(self.values["PEYVAND_HOME"] or platformdirs.user_data_dir("peyvand", appauthor=False))

    @property
    def mappings(self) -> Path:
        """Folder of the user's own mappings. It need not be there."""
        return Path(self.values["PEYVAND_MAPPINGS"] or self.home / "mappings")

    @property
    def queries(self) -> Path:
        """Folder of the user's own questions. It need not be there."""
        return Path(self.values["PEYVAND_QUERIES"] or self.home / "queries")
