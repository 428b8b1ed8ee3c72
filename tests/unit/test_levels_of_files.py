"""What is taken away says in its name how confidential it is, before the ending, in both forms of the name."""

from types import SimpleNamespace

import pytest
from flask import Response

from graph_app.views.levels import labelled

ASCII, PERSIAN = (
    "attachment; filename=2026{}.svg",
    "attachment; filename=2026{}.svg; filename*=UTF-8''%D9%85%20a.b{}.svg",
)


@pytest.mark.parametrize(
    "name", [ASCII, PERSIAN, 'attachment; filename="St. Louis 2026{}.docx"', 'inline; filename="none{}"']
)
def test_a_name_gets_its_level_before_its_ending(name):
    answer = Response("", headers={"Content-Disposition": name.replace("{}", "")})
    labelled(answer, SimpleNamespace(short="restricted"))
    assert answer.headers["Content-Disposition"] == name.replace("{}", "-restricted")
    assert answer.headers["X-Confidentiality"] == "restricted"


def test_where_nothing_is_confidential_nothing_is_added():
    answer = Response("", headers={"Content-Disposition": ASCII})
    assert labelled(answer, None).headers.get("X-Confidentiality") is None
    assert answer.headers["Content-Disposition"] == ASCII
