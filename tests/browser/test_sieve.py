"""Filters and time in the explorer, as an officer uses them: by mouse and by keyboard, in both languages."""

import pytest

pytestmark = pytest.mark.live
_SIDES = "place:mashhad,place:sanaa,place:gaza"
PLAN = f"{_SIDES},agreement:plan-mashhad-sanaa-gaza-sister-city,event:evt-mashhad-correspondence"
GUEST = "person:bakht-rustamov,event:evt-rustamov-visit-2013,event:evt-nation-rights-conference"


@pytest.fixture
def explore(page):
    def go(address):
        page.goto(address)
        page.locator(".legend .signs li").first.wait_for()
        return page

    return go


def size(page):
    return page.locator(".size").inner_text()


def test_the_legend_and_the_panel_hide_and_say_so_and_the_address_keeps_it(explore, shoot):
    page = explore(f"/explore?ids={PLAN}&lang=en")
    whole = size(page)
    page.locator('.legend [data-value="type:Event"]').click()
    page.locator(".notice", has_text="Hidden by filters: 1 entities").wait_for()
    assert "hide=type:Event" in page.url
    assert size(page) != whole
    page.get_by_role("button", name="Filters (1)").click()
    page.locator('.sieve [data-value="type:City"]').click()
    page.locator(".notice", has_text="Hidden by filters: 4 entities").wait_for()
    shoot("explorer-filters")
    page.reload()
    page.locator(".notice", has_text="Hidden by filters: 4 entities").wait_for()
    page.keyboard.press("Control+z")
    page.locator(".notice", has_text="Hidden by filters: 1 entities").wait_for()
    page.locator(".notice").get_by_role("button", name="Show everything").click()
    page.locator(".size", has_text=whole).wait_for()
    page.goto(f"/explore/filters?ids={PLAN}&lang=en")
    page.get_by_role("group", name="Type", exact=True).get_by_label("Event").check()
    page.locator("form[action='/briefing'] button").click()
    page.locator("dl.facts dd", has_text="Event").wait_for()
    assert "hide=type%3AEvent" in page.url


def test_a_day_is_chosen_by_keyboard_in_persian_and_what_has_not_begun_goes(explore, shoot):
    page = explore(
        "/explore?ids=person:bakht-rustamov,event:evt-rustamov-visit-2013,event:evt-nation-rights-conference&lang=fa"
    )
    page.locator("#canvas").focus()
    page.keyboard.press("a")
    page.locator(".year-bar rect.begins").first.wait_for(state="attached")
    field = page.locator(".year-bar [name=as_of]")
    field.focus()
    field.fill("۱۳۹۹-۰۱-۰۱")
    page.keyboard.press("Enter")
    page.locator(".notice", has_text="در این روز معتبر نیست").wait_for()
    assert page.locator(".year-bar .told").inner_text() == "در تاریخ ۱ فروردین ۱۳۹۹"
    shoot("explorer-time-fa")
    field.fill("پریروز")
    page.keyboard.press("Enter")
    page.locator(".year-bar [aria-invalid=true]").wait_for()
    page.get_by_role("button", name="هر روز").click()
    page.wait_for_url(lambda url: "as_of" not in url)
