"""Sending a picture to a colleague: from the explorer to a page with sources, to PNG, Word and a page of its own."""

import re

import docx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.live

PICTURE = "ids=place:mashhad;agreement:plan-mashhad-sanaa-gaza-sister-city,place:sanaa,place:gaza"


@pytest.mark.parametrize(("lang", "word", "title"), [("en", "Mashhad", "Plan of Mashhad"), ("fa", "مشهد", "طرح مشهد")])
def test_a_picture_becomes_a_briefing_with_the_readers_title(page, shoot, lang, word, title):
    page.goto(f"/explore?{PICTURE}&lang={lang}")
    page.locator(".explore[data-ready=yes]").wait_for()
    page.keyboard.press("r")
    page.locator(".briefing h1", has_text=word).wait_for()
    page.locator("#briefing-title").fill(title)
    page.keyboard.press("Enter")
    page.locator(".briefing h1", has_text=title).wait_for()
    expect(page.locator(".briefing .drawing svg")).to_have_count(1)
    expect(page.locator(".sources li").first).to_be_attached()
    shoot(f"briefing-{lang}")


def test_the_picture_is_saved_as_png_and_goes_into_the_word_document(page, tmp_path):
    page.goto(f"/briefing?{PICTURE}&lang=fa")
    with page.expect_download() as saved:
        page.locator("[data-png]").click()
    assert re.fullmatch(r"مشهد \d{4}-\d\d-\d\d\.png", saved.value.suggested_filename)
    saved.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Word").click()
    saved.value.save_as(tmp_path / "briefing.docx")
    assert len(docx.Document(tmp_path / "briefing.docx").inline_shapes) == 1


def test_the_page_of_its_own_opens_from_a_file_and_a_click_marks_the_row(chromium, site, tmp_path):
    context = chromium.new_context(offline=False)
    target = tmp_path / "picture.html"
    target.write_bytes(context.request.get(f"{site}/briefing.html?{PICTURE}&lang=en").body())
    context.set_offline(True)
    alone, complaints = context.new_page(), []
    alone.on("console", lambda message: complaints.append(message.text))
    alone.on("pageerror", lambda error: complaints.append(str(error)))
    alone.goto(target.as_uri())
    canvas = alone.locator("#canvas canvas")
    canvas.wait_for()
    alone.locator("tr[data-ids='place:mashhad']").click()
    box = canvas.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the row brought its entity there
    alone.mouse.click(middle[0], middle[1] + 150)
    expect(alone.locator("tr[aria-selected=true]")).to_have_count(0)
    alone.mouse.click(*middle)
    alone.locator("tr[data-ids='place:mashhad'][aria-selected=true]").wait_for()
    context.close()
    assert complaints == []
