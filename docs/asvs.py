"""Write ``docs/asvs.md`` from ``docs/asvs.tsv``: ``python docs/asvs.py``."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
STATES = ("met", "not applicable", "open")
CHAPTERS = {
    1: "Encoding and sanitisation",
    2: "Validation and business logic",
    3: "Web frontend",
    4: "API and web service",
    5: "Files",
    6: "Authentication",
    7: "Sessions",
    8: "Authorisation",
    9: "Self-contained tokens",
    10: "OAuth and OpenID Connect",
    11: "Cryptography",
    12: "Secure communication",
    13: "Configuration",
    14: "Data protection",
    15: "Coding and architecture",
    16: "Logging and errors",
    17: "WebRTC",
}
HEAD = """# OWASP ASVS 5.0, level 2

Each of the {all} requirements of the [Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS)
for levels 1 and 2, by its number: whether it is met, and what shows it. What each one asks for is told in our own few
words; read the standard itself (© OWASP Foundation, CC BY-SA 4.0). This table is made of `docs/asvs.tsv` by
`python docs/asvs.py`; `tests/unit/test_asvs.py` checks that each number stands here once and that each test and file
named exists. We judged ourselves; nobody else has verified it. What was decided: [protection.md](protection.md).

| level | met | not applicable | open |
|---|---|---|---|
{counts}
"""


def rows() -> list[dict[str, str]]:
    """Return the requirements with what is said of each."""
    with (HERE / "asvs.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def table(listed: Sequence[Mapping[str, str]]) -> str:
    """Return the page."""
    counted = Counter((row["level"], row["state"]) for row in listed)
    counts = "\n".join(f"| {level} | {' | '.join(str(counted[level, state]) for state in STATES)} |" for level in "12")
    told = [HEAD.format(all=len(listed), counts=counts)]
    for number, title in CHAPTERS.items():
        told.append(f"## {number}. {title}\n")
        told.append("| number | level | what is asked for | state | shown by | note |\n|---|---|---|---|---|---|")
        told.extend(_line(row) for row in listed if row["id"].split(".")[0] == str(number))
        told.append("")
    return "\n".join(told)


def _line(row: Mapping[str, str]) -> str:
    state = f"**{row['state']}**" if row["state"] == "open" else row["state"]
    shown = "<br>".join(_link(one) for one in row["shown"].split())
    return f"| {row['id']} | {row['level']} | {row['about']} | {state} | {shown} | {row['note']} |"


def _link(one: str) -> str:
    path, _, test = one.partition("::")
    return f"[{test or Path(path).name}](../{path})"


if __name__ == "__main__":
    (HERE / "asvs.md").write_text(table(rows()), encoding="utf-8")
