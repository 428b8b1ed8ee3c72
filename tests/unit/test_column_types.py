"""Every type of column, cell by cell: what is read, and what is refused because it could only be guessed."""

import pytest

from graph_app.errors import PeyvandError
from graph_app.lifecycle import read_term
from loaders.column_rules import Column
from loaders.columns import value


def column(kind, **said) -> Column:
    return Column.model_validate({"type": kind, **said})


@pytest.mark.parametrize(
    ("cell", "length"),
    [
        ("5 years", "P5Y"),
        ("۵ سال", "P5Y"),
        ("٥ سال", "P5Y"),
        ("پنج سال", "P5Y"),
        ("پنج‌ساله", "P5Y"),
        ("یکساله", "P1Y"),
        ("two years and six months", "P2Y6M"),
        ("۲ سال و ۶ ماه", "P2Y6M"),
        ("به مدت سه سال از تاریخ امضا", "P3Y"),
        ("18 months", "P18M"),
        ("ninety days", None),
        ("۹۰ روز", "P90D"),
        ("2 weeks", "P14D"),
        ("P5Y6M", "P5Y6M"),
        ("نامحدود", None),
        ("1 year, renewed automatically", None),
        ("3 to 5 years", None),
        ("۳ تا ۵ سال", None),
        ("3 years or 5 years", None),
        ("about 5 years", None),
        ("not 5 years", None),
        ("یک سال و نیم", None),
        ("۵ سال قمری", None),
        ("چند سال", None),
        ("5", None),
        ("soon", None),
    ],
)
def test_a_length_of_time_is_read_in_words_of_both_languages_or_refused(cell, length):
    if length is None:
        with pytest.raises(PeyvandError, match="not a length of time"):
            value(cell, column("duration"))
    else:
        assert value(cell, column("duration")) == length
        assert str(read_term(length).duration) == length


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("5 years", "fixed"),
        ("پنج سال", "fixed"),
        ("5 years, renewable", "fixed"),
        ("open-ended", "open_ended"),
        ("indefinite", "open_ended"),
        ("نامحدود", "open_ended"),
        ("دائمی", "open_ended"),
        ("automatic renewal", "automatic"),
        ("یک‌ساله با تمدید خودکار", "automatic"),
        ("3 years, renewed automatically for 2 years", "automatic"),
        ("5 years; automatically renewable for 5 years", "automatic"),
        ("until notice", "until_notice"),
        ("تا اطلاع ثانوی", "until_notice"),
        ("P3Y", "fixed"),
        ("5 years or until notice", None),
        ("unlimited for 5 years", None),
        ("no automatic renewal", None),
        ("بدون تمدید خودکار", None),
        ("غیرقابل تمدید", None),
        ("تا پایان سال", None),
        ("as agreed", None),
        ("5 years, renewable for 5 years", None),
    ],
)
def test_a_term_keeps_its_words_and_is_understood_to_the_last_one_or_refused(cell, kind):
    if kind is None:
        with pytest.raises(PeyvandError, match="does not say for certain"):
            value(cell, column("term"))
    else:
        assert value(cell, column("term")) == cell
        assert read_term(cell).kind == kind


@pytest.mark.parametrize(
    ("cell", "said", "bounds"),
    [
        ("۹ شهریور ۱۴۰۰", {}, "2021-08-31..2021-08-31"),
        ("نهم شهریور ۱۴۰۰", {}, "2021-08-31..2021-08-31"),
        ("1402-5-1", {}, "2023-07-23..2023-07-23"),
        ("۱۴۰۲/۰۵/۰۱", {}, "2023-07-23..2023-07-23"),
        ("٠١/٠٥/١٤٠٢", {"order": "dmy"}, "2023-07-23..2023-07-23"),
        ("99/05/01", {"century": 1300}, "2020-07-22..2020-07-22"),
        ("8/2010", {}, "2010-08-01..2010-08-31"),
        ("20 February 2020", {}, "2020-02-20..2020-02-20"),
        ("شهریور ۱۴۰۰", {}, "2021-08-23..2021-09-22"),
        ("1400", {}, "2021-03-21..2022-03-20"),
        ("۲۰۲۰", {}, "2020-01-01..2020-12-31"),
        ("14020501", {}, "2023-07-23..2023-07-23"),
        ("XXXX-06-09", {"calendar": "jalali"}, None),
        ("۹ شهریور", {}, None),
    ],
)
def test_a_date_is_read_in_both_calendars_and_scripts_with_parts_missing(cell, said, bounds):
    found = value(cell, column("date", **said))
    assert found.written == cell
    assert (None if found.bounds is None else "..".join(map(str, found.bounds))) == bounds


@pytest.mark.parametrize(
    "cell", ["01/05/1402", "99/05/01", "1402-12-30", "بهار", "۳۱ مهر ۱۴۰۰", "1400-1402", "۵ رجب ۱۴۴۰ ق"]
)
def test_a_date_that_could_only_be_guessed_is_refused(cell):
    with pytest.raises(PeyvandError):
        value(cell, column("date"))


@pytest.mark.parametrize(
    ("kind", "said", "cell", "found"),
    [
        ("text", {}, " دو  خط ", "دو خط"),
        ("name", {}, "علي كريمي", "علی کریمی"),
        ("verbatim", {}, "علي  كريمي", "علي  كريمي"),
        ("key", {}, "mou-۱۲", "mou-12"),
        ("list", {"separator": "،"}, "علی، رضا،", ("علی", "رضا")),
        ("names", {}, "Ali|Reza | Ali", ("Ali", "Reza")),
        ("references", {}, "place:mashhad | person:علی", ("place:mashhad", "person:علی")),
        ("lookup", {"values": {"ایران": "IR"}}, "ايران", "IR"),
        ("enum", {"values": {"خیر": "no_deal"}}, "خير", "no_deal"),
        ("word", {"of": "roles"}, "party", "party"),
        ("integer", {}, "٤٢", 42),
        ("boolean", {}, "بله", True),
        ("ignore", {}, "anything", None),
    ],
)
def test_the_other_types_are_read(kind, said, cell, found):
    assert value(cell, column(kind, **said)) == found


@pytest.mark.parametrize(
    ("kind", "said", "cell"),
    [
        ("key", {}, "two words"),
        ("references", {}, "mashhad"),
        ("references", {}, "place:a|:b"),
        ("lookup", {"values": {"ایران": "IR"}}, "هند"),
        ("word", {"of": "roles"}, "friend"),
        ("integer", {}, "چهل"),
        ("boolean", {}, "perhaps"),
    ],
)
def test_what_the_other_types_cannot_read_is_refused(kind, said, cell):
    with pytest.raises(PeyvandError):
        value(cell, column(kind, **said))
