"""What an analyst does: finds a question, fills it in, reads the answer, takes it away, passes its address on."""

import csv
import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_an_analyst_runs_a_saved_question_and_takes_the_answer_away(page):
    page.goto("/queries")
    page.get_by_role("link", name="Sister cities of a city").click()
    expect(page.locator(".answer")).to_have_count(0)  # nothing is asked before the form is filled in
    page.locator("#field-city").fill("Mashhad")
    page.get_by_role("button", name="Ask").click()
    page.locator("table.answer").wait_for()
    rows = page.locator("table.answer tbody tr")
    expect(rows).to_have_count(20)
    assert "Karachi" in page.locator("table.answer").inner_text()
    assert "city=Mashhad" in page.url

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "cities-sister_cities.csv"
    with download.value.path().open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert len(table) == 20
    assert {"place:sanaa", "place:gaza"} <= {row["partner"] for row in table}

    answer = json.loads(page.request.get(page.url.replace("sister_cities?", "sister_cities.json?")).text())
    assert (answer["name"], len(answer["rows"]), answer["cut"]) == ("cities/sister_cities", 20, False)


def test_a_path_is_drawn_and_opens_in_the_explorer(page):
    page.goto("/queries/paths/shortest?a=person:hadi-abyar&b=person:ali-razi&lang=fa")
    page.wait_for_selector("#canvas[data-ready=yes] canvas")
    expect(page.locator("table.answer tbody tr")).to_have_count(2)
    page.locator(".result-bar a.btn").click()
    page.wait_for_selector(".explore[data-ready=yes]")
    assert len(page.evaluate("() => window.peyvand.positions()")) == 3


def test_a_wrong_value_is_said_beside_its_field_in_the_readers_language(page):
    page.goto("/queries/cities/sister_cities?lang=fa")
    page.locator("#field-city").fill("آتلانتیس")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".wrong").inner_text() == "کدام یک منظور است؟"
    assert "آتلانتیک" in page.locator(".cards").inner_text()  # a name that is only like it must be confirmed
    assert page.locator("#field-city").input_value() == "آتلانتیس"
