"""A dossier as an officer uses it: the small picture by keyboard, the map of links, partners beside the big picture."""

import pytest

pytestmark = pytest.mark.browser


def test_a_dossier_is_walked_drawn_and_leads_to_suggested_partners(page, shoot):
    page.goto("/entities/place:mashhad?lang=en")
    page.locator("#canvas[data-ready=yes]").wait_for()
    page.locator(".arc-map .map[data-ready=yes]").wait_for()
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowDown")
    here = page.locator(".glance .here").inner_text()
    assert here
    before = page.evaluate("() => window.glance.ids().length")
    page.keyboard.press("e")
    page.wait_for_function(f"() => window.glance.ids().length > {before}")
    assert ";" in page.locator("[data-glance=explore]").get_attribute("href")
    page.locator("[data-glance=back]").click()
    assert page.evaluate("() => window.glance.ids().length") == before
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "place:mashhad" not in address)
    assert here.startswith(page.locator("h1").inner_text())

    page.goto("/explore?ids=place:mashhad&open=place:mashhad&lang=en")
    page.locator(".details a", has_text="Suggested partners").click()
    page.locator(".details .suggested").wait_for()
    page.locator(".details .add-all").click()
    page.wait_for_function("() => Object.keys(window.peyvand.positions()).length > 11")
    shoot("suggested-partners")
    page.goto("/pair/IR/IQ?lang=fa")
    page.locator(".arc-map .map[data-ready=yes]").wait_for()
    shoot("pair-fa")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_sheet_of_an_agreement_is_one_page_of_paper(page, shoot, language):
    page.goto(f"/entities/agreement:mou-ilam-blood-mosques/sheet?lang={language}")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    shoot(f"sheet-{language}")
