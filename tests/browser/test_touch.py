"""The explorer under fingers: a tap selects, a long press opens the menu, two zoom; details are a sheet below."""

import pytest

pytestmark = pytest.mark.browser

PICTURE = "/explore?ids=place:mashhad;place:sanaa,place:gaza&lang=fa"


@pytest.fixture
def phone(chromium, site):
    context = chromium.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True, locale="fa", base_url=site
    )
    yield context.new_page()
    context.close()


def fingers(session, kind, *points):
    """Put fingers at ``points`` of the page, move them there, or lift them if there are none."""
    touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def spot(page, id_):
    box, at = page.locator("#canvas").bounding_box(), page.evaluate("id => window.peyvand.at(id)", id_)
    return box["x"] + at["x"], box["y"] + at["y"]


def test_fingers_select_expand_and_zoom(phone, shots):
    phone.goto(PICTURE)
    phone.wait_for_selector(".explore[data-ready=yes]")
    city = phone.evaluate("() => Object.keys(window.peyvand.positions())")[0]
    phone.touchscreen.tap(*spot(phone, city))
    phone.locator(".details h2").nth(1).wait_for()
    details, stage = (phone.locator(name).bounding_box() for name in (".details", ".stage"))
    assert details["width"] >= 380
    assert details["y"] >= stage["y"] + stage["height"] - 1
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")

    session = phone.context.new_cdp_session(phone)
    other = phone.evaluate("() => Object.keys(window.peyvand.positions())")[1]
    place = spot(phone, other)
    fingers(session, "touchStart", place)
    phone.wait_for_timeout(900)
    fingers(session, "touchEnd")
    phone.wait_for_function("() => document.activeElement?.closest('.expand')")

    scale = phone.evaluate("() => window.peyvand.scale()")
    phone.evaluate("() => document.querySelector('#canvas').scrollIntoView()")
    canvas = phone.locator("#canvas").bounding_box()
    x, y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    fingers(session, "touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        fingers(session, "touchMove", (x - 20 - 10 * step, y), (x + 20 + 10 * step, y))
    fingers(session, "touchEnd")
    phone.wait_for_function(f"() => window.peyvand.scale() > 1.3 * {scale}")
    shots(phone, "touch-phone")


def test_what_opens_below_the_picture_comes_into_view(phone):
    def seen(selector):
        phone.wait_for_function(
            """selector => {
              const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
              return top >= -1 && (bottom <= innerHeight + 1 || top < innerHeight / 2);
            }""",
            arg=selector,
        )

    def tap(tool):
        phone.evaluate("() => scrollTo(0, 0)")
        phone.locator(f"[data-do={tool}]").tap()

    phone.goto(f"{PICTURE}&marked=place:sanaa,place:gaza")
    phone.wait_for_selector(".explore[data-ready=yes]")
    tap("common")
    phone.locator(".details .content h2").wait_for()
    seen(".details .content")
    tap("measure")
    phone.locator(".details .measures").wait_for()
    seen(".details .content")
    tap("twin")
    seen(".twin")


def test_a_notice_on_a_small_screen_leaves_most_of_the_picture_free(phone):
    phone.goto("/explore?around=place:mashhad&layout=map&lang=fa")
    phone.wait_for_selector(".explore[data-ready=yes]")
    phone.goto(f"{phone.url}&layout=map")
    phone.wait_for_selector(".explore[data-ready=yes]")
    notice, stage = (phone.locator(name).bounding_box() for name in (".notice", ".stage"))
    assert notice["width"] > 0.9 * stage["width"]
    assert notice["height"] <= 0.31 * stage["height"]
