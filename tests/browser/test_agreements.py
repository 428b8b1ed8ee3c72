"""The portfolio as an officer uses it: filters, views, the details of a row, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.live


def test_an_officer_finds_what_is_stalled_and_reads_it_without_leaving_the_list(page, shoot):
    page.goto("/agreements?as_of=2025-12-05&lang=en")
    shoot("agreements-list")
    page.get_by_role("checkbox", name="Stalled").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    page.wait_for_load_state()  # its script, too
    rows.first.locator("td").nth(4).click()
    page.locator(".preview h2", has_text="Plan for sister-cityhood of Mashhad").wait_for()
    shoot("agreements-preview")
    page.keyboard.press("Escape")
    expect(page.locator(".preview")).to_be_hidden()
    page.get_by_role("link", name="Board by state").click()
    expect(page.locator(".board li")).to_have_count(1)


def test_the_same_by_keyboard_alone_in_persian(page, shoot):
    page.goto("/agreements?as_of=2025-12-05&lang=fa")
    page.get_by_role("checkbox", name="راکد").focus()
    page.keyboard.press("Enter")
    page.locator(".picked .chip", has_text="راکد").wait_for()
    page.wait_for_load_state()  # its script, too
    page.locator("tbody tr a.entity").first.focus()
    page.keyboard.press("p")
    page.locator(".preview h2", has_text="طرح خواهرخواندگی").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "entity"
    shoot("agreements-fa")


def test_an_officer_takes_what_is_due_says_so_and_is_done_with_it(page, shoot):
    page.goto("/?lang=en")
    page.wait_for_selector(".arc-map .map[data-ready=yes]")
    shoot("home-strips")
    page.goto("/digest?as_of=2025-12-10&lang=fa")
    first = page.locator(".due > li").first
    first.get_by_role("button", name="بر عهدهٔ من").click()
    first.get_by_text("بر عهدهٔ شماست").wait_for()
    first.locator(".talk summary").press("Enter")
    first.get_by_role("textbox").fill("تماس گرفتم.")
    first.get_by_role("button", name="یادداشت").press("Enter")
    assert page.locator(".comment-text").inner_text() == "تماس گرفتم."
    shoot("digest-fa")
    before = page.locator(".due > li").count()
    first.get_by_role("button", name="انجام شد").click()
    page.get_by_role("link", name="آنچه کارش را تمام کرده‌اید").wait_for()
    expect(page.locator(".due > li")).to_have_count(before - 1)
    page.goto("/digest?as_of=2025-12-10&lang=fa&done=yes")  # for who comes next
    page.get_by_role("button", name="دوباره فهرست شود").click()
