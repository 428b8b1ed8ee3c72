"""Ask a database of advisories about every component: ``python docs/advisories.py [ADDRESS]`` (OSV, by default).

Exit code 0: nothing is known against any; 1: something is, and printed; 2: nobody could be asked. What was looked at
and does not concern us stands in ``docs/advisories.tsv``, with why.
"""

import csv
import json
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent))
from sbom import document

OSV = "https://api.osv.dev"
_SECONDS = 60
_AT_ONCE = 100
_KNOWN = Path(__file__).with_name("advisories.tsv")


def found(purls: Sequence[str], address: str) -> list[tuple[str, str]]:
    """Return each component against which something is known, with the number of the advisory.

    Raises
    ------
    OSError
        If the database does not answer.

    """
    told: list[tuple[str, str]] = []
    for first in range(0, len(purls), _AT_ONCE):
        some = purls[first : first + _AT_ONCE]
        asked = {"queries": [{"package": {"purl": purl}} for purl in some]}
        request = urllib.request.Request(  # noqa: S310 - an address of who runs this
            f"{address}/v1/querybatch", json.dumps(asked).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            results = json.load(answer)["results"]
        told += [
            (purl, one["id"]) for purl, result in zip(some, results, strict=True) for one in result.get("vulns", ())
        ]
    return told


def main(address: str) -> int:
    """Ask, and print what is known."""
    with _KNOWN.open(encoding="utf-8", newline="") as stream:
        settled = {row["advisory"] for row in csv.DictReader(stream, delimiter="\t")}
    purls = [one["purl"].partition("?")[0] for one in document()["components"]]
    try:
        told = [(purl, number) for purl, number in found(purls, address) if number not in settled]
    except OSError as error:
        sys.stderr.write(f"{address} could not be asked: {error}\n")
        return 2
    for purl, number in told:
        sys.stdout.write(f"{purl} {number}\n")
    sys.stdout.write(f"{len(purls)} components, {len(told)} advisories\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else OSV))
