"""The workbench of questions in the browser: a long table, a day from a month, choices that depend on others."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LONG = """\
// title: {en: A long answer, fa: پاسخی بلند}
// about: {en: Many rows., fa: سطرهای بسیار.}
// view: table
// columns: {number: {en: Number, fa: شماره}, text: {en: Text, fa: متن}}
UNWIND range(1, 1000) AS number
RETURN number, 'row ' + toString(number) AS text
"""

DEPENDENT = """\
// title: {en: Cities of a country, fa: شهرهای یک کشور}
// about: {en: One of its cities., fa: یکی از شهرهایش.}
// params:
//   countries: {type: entity, of: [Country], many: true, required: no, label: {en: Countries, fa: کشورها}}
//   country:
//     type: choice
//     values: [{value: "1", en: One, fa: یک}, {value: "2", en: Two, fa: دو}]
//     label: {en: Country, fa: کشور}
//   city:
//     type: choice
//     depends_on: [country]
//     values: "UNWIND [1, 2] AS n RETURN $country + '-' + toString(n) AS value"
//     label: {en: City, fa: شهر}
//   on: {type: date, required: no, label: {en: On, fa: در}}
// view: table
// columns:
//   city: {en: City, fa: شهر}
//   countries: {en: Countries, fa: کشورها}
//   day: {en: Day, fa: روز}
//   country: {en: Country, fa: کشور}
// example: {country: "1", city: "1-1"}
RETURN $city AS city, $countries AS countries, $on AS day, $country AS country
"""


def test_a_question_is_filled_in_by_choosing_and_its_long_answer_is_walked_through(examples, own_site, visit, tmp_path):
    folder = tmp_path / "home" / "queries" / "mine"
    folder.mkdir(parents=True)
    (folder / "long.cypher").write_text(LONG, encoding="utf-8")
    (folder / "dependent.cypher").write_text(DEPENDENT, encoding="utf-8")
    site = own_site(examples)
    page = visit("fa-IR")

    page.goto(f"{site}/queries/mine/dependent?lang=fa")
    expect(page.locator("#field-city option")).to_have_count(1)
    page.select_option("#field-country", "2")
    page.locator("#field-city option[value='2-2']").wait_for(state="attached")
    page.select_option("#field-city", "2-2")
    page.locator("#field-countries").press_sequentially("پاکستان")
    page.locator(".field[data-field=countries] [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator(".field[data-field=countries] .chosen li")).to_have_count(1)
    page.fill("#field-on", "1404-09-14")
    page.locator(".day-button").click()
    assert page.locator(".days .month span").inner_text() == "آذر ۱۴۰۴"
    page.keyboard.press("ArrowLeft")  # a day on, as one reads
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    assert page.locator("#field-on").input_value() == "۱۴۰۴-۱۰-۱۵"
    with page.expect_navigation():
        page.get_by_role("button", name="پرسیدن", exact=True).click()
    assert "2-2" in page.locator("table.answer").inner_text()
    assert "۱۵ دی ۱۴۰۴" in page.locator("table.answer").inner_text()

    page.goto(f"{site}/queries/mine/long?lang=en&sort=-number")
    table = page.locator(".virtual")
    table.focus()
    page.keyboard.press("End")
    page.locator("tr[aria-rowindex='1001']:focus").wait_for()
    assert page.locator("tr:focus").inner_text().startswith("1\t")
    assert table.locator("tbody tr").count() < 120
    assert table.locator("table").get_attribute("aria-rowcount") == "1001"
    page.keyboard.press("Home")
    page.locator("tr[aria-rowindex='2']:focus").wait_for()
