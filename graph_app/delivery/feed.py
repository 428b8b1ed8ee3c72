"""The Atom feed (RFC 4287) of what somebody watches."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from graph_app.database.tables import Channel, Finding
from graph_app.delivery import digest
from graph_app.errors import N_
from graph_app.watches import wording

MOST = 50  # entries
TYPE = "application/atom+xml"
_SPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def atom(channel: Channel, findings: Sequence[Finding], site: str, address: str) -> bytes:
    """Return the feed of ``channel``, the newest finding first.

    Parameters
    ----------
    channel
        Whose language and key the feed has.
    findings
        What it tells, the newest first.
    site
        Where the app is reached, for links.
    address
        Where this feed is reached.

    """
    language = channel.language
    feed = ET.Element("feed", {"xmlns": _SPACE, _LANGUAGE: language})
    _add(feed, "id", f"urn:uuid:{channel.key}")
    _add(feed, "title", wording.gettext(N_("Peyvand: what you watch"), language))
    _add(feed, "updated", _moment(findings[0].found_at if findings else channel.created_at))
    ET.SubElement(feed, "link", rel="self", type=TYPE, href=address)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=digest.watched(site))
    due = wording.gettext(N_("All that is due, and who takes it"), language)
    ET.SubElement(feed, "link", rel="related", type="text/html", title=due, href=digest.all_due(site))
    _add(ET.SubElement(feed, "author"), "name", "Peyvand")
    _add(feed, "generator", "Peyvand")
    for one in findings:
        _entry(feed, one, language, site)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, one: Finding, language: str, site: str) -> None:
    told, entry = digest.told(one, language, site), ET.SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{one.key}")
    _add(entry, "title", f"{told.title}: {told.summary}")
    for name in ("published", "updated"):
        _add(entry, name, _moment(one.found_at))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=told.address)
    _add(entry, "content", digest.piece(one, language, site)).set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = _FORBIDDEN.sub("", text)
    return made


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
