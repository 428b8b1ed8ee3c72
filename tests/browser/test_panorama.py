"""Thousands of entities in one picture, by hand: moved, zoomed, read, and a part of it opened in the explorer."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def ready(page):
    page.wait_for_selector(".explore[data-ready=yes]")
    page.wait_for_function("() => window.peyvand.sheet()")


def test_a_part_of_all_cities_is_framed_and_opens_in_the_explorer(page, shoot):
    page.goto("/?lang=fa")
    page.get_by_role("link", name="چشم‌انداز همه").click()
    ready(page)
    page.locator("select[name=of]").select_option("City")
    page.wait_for_url("**of=City**")
    ready(page)
    count = page.evaluate("() => window.peyvand.data().ids.length")
    assert count > 1000
    shoot("panorama-fa")
    box = page.locator("#canvas").bounding_box()
    spot = page.evaluate("() => window.peyvand.at('place:mashhad')")
    x, y = box["x"] + spot["x"], box["y"] + spot["y"]
    page.keyboard.press("g")
    page.mouse.move(x - 40, y - 40)
    page.mouse.down()
    page.mouse.move(x + 40, y + 40, steps=3)
    page.mouse.up()
    page.locator(".notice a").wait_for()
    before = page.evaluate("() => window.peyvand.view().scale")
    page.mouse.move(*(box[side] + box[size] / 2 for side, size in (("x", "width"), ("y", "height"))))
    page.mouse.wheel(0, 200)
    page.wait_for_function(f"() => window.peyvand.view().scale < {before}")
    page.locator(".notice a").click()
    page.wait_for_selector(".explore[data-ready=yes]")
    assert "place:mashhad" in page.evaluate("() => Object.keys(window.peyvand.positions())")


def test_the_table_and_the_keys_say_and_do_what_the_picture_does(page):
    page.goto("/panorama?lang=en&of=City&hide=")
    ready(page)
    page.keyboard.press("t")
    expect(page.locator(".twin tbody tr")).to_have_count(100)
    page.locator(".twin [data-leaf=on]").click()
    assert page.locator(".twin output").inner_text().startswith("101 to 200")
    page.locator(".twin input").fill("mashhad")
    page.get_by_role("button", name="Mashhad", exact=True).click()
    page.locator(".details h2", has_text="Mashhad").wait_for()
    expect(page.locator(".twin tr[aria-selected=true]")).to_have_count(1)
    assert "Mashhad, City, tied to" in page.locator(".announce").inner_text()
    page.locator("#canvas").focus()
    x = page.evaluate("() => window.peyvand.view().x")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"() => window.peyvand.view().x < {x}")
    page.wait_for_url("**open=place:mashhad**")
    view = page.evaluate("() => window.peyvand.view()")
    page.wait_for_timeout(400)
    page.reload()
    ready(page)
    page.locator(".details h2", has_text="Mashhad").wait_for()
    assert page.evaluate("() => window.peyvand.view().x") == pytest.approx(view["x"], abs=1)
    page.locator(".legend input").first.uncheck()
    page.wait_for_function("() => document.querySelector('.size').textContent.includes('Put away')")


def test_a_question_whose_answer_is_too_large_to_explore_is_a_panorama(page):
    page.goto("/queries/overview/entities_by_type?type=City&lang=en")
    page.get_by_role("link", name="All of it as a panorama").click()
    ready(page)
    assert page.evaluate("() => window.peyvand.data().ids.length") > 1000


def test_states_are_put_away_and_the_panorama_is_kept(page, shoot):
    page.goto("/panorama?of=Agreement&lang=en")
    ready(page)
    page.locator(".legend input[value='state:reported']").uncheck()
    page.wait_for_function("() => document.querySelector('.size').textContent.includes('Put away')")
    page.locator("#canvas").focus()
    page.keyboard.press("s")
    page.locator("dialog.save input[name=name]").fill("Without what is only reported")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=**")
    ready(page)
    assert "Nothing in it changed since" in page.locator(".notice").inner_text()
    expect(page.locator(".legend input[value='state:reported']")).not_to_be_checked()
    shoot("panorama-kept-en")


def test_who_stands_where_is_told_beside_it_and_each_name_selects_its_disc(page, shoot):
    page.goto("/panorama?of=City&lang=fa")
    ready(page)
    page.keyboard.press("w")
    page.get_by_role("heading", name="میانجی‌ترین‌ها").wait_for()
    expect(page.get_by_role("heading", name="پل‌ها")).to_have_count(1)
    shoot("panorama-measures-fa")
    first = page.locator(".measures [data-shown]").first
    name = first.inner_text().strip()
    first.click()
    page.wait_for_url("**open=place**")
    page.locator(".details h2", has_text=name).wait_for()
    page.keyboard.press("w")
    page.locator(".measures").wait_for()
    assert "open=" not in page.url
