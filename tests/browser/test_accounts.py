"""Accounts as people meet them: the first run, signing in, being sent away, being out."""

import json
import time
import urllib.error
import urllib.request

import pytest
from passlib.totp import TOTP
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ADMIN, ANN = "root@example.org", "ann@example.org"
PASSWORD = "four quiet words apart"


ENDED = {
    "en": ("Your session has ended.", "Sign in again."),
    "fa": ("نشست شما پایان یافته است.", "دوباره وارد شوید."),
}


@pytest.fixture
def site(examples, own_site):
    return own_site(examples)


def sign_in(page, email=ANN, password=PASSWORD):
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_link_of_the_console_makes_the_first_administrator_and_the_machine_is_closed(site, visit, shots, language):
    page, other = visit(language), visit(language)
    other.goto("/")
    expect(other.locator(".foot .alone")).to_be_visible()
    other.click(".choices .menu:last-of-type summary")
    shots(other, f"accounts-none-{language}")
    page.goto(site.first_link())
    page.fill("[name=email]", ADMIN)
    page.fill("[name=password]", PASSWORD)
    page.click("[data-reveal]")
    assert page.locator("[name=password]").get_attribute("type") == "text"
    shots(page, f"accounts-first-{language}")
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    assert not page.locator(".foot .alone").count()
    page.click(".choices .menu:last-of-type summary")
    assert page.locator(".menu .who").inner_text().startswith(ADMIN)
    shots(page, f"accounts-menu-{language}")
    other.goto("/explore")
    assert "/login?next=" in other.url
    assert not other.locator("nav").count()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_signing_in_leads_back_to_where_one_wanted_to_go(site, visit, shots, barriers, language, theme):
    site.people()
    page = visit(language)
    page.goto(f"/queries/cities/sister_cities?city=place:mashhad&lang={language}&theme={theme}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
    page.fill("[name=email]", ANN)
    page.fill("[name=password]", "wrong password")
    page.press("[name=password]", "Enter")
    expect(page.locator("[role=alert]")).to_be_visible()
    shots(page, f"accounts-login-{language}-{theme}")
    assert not barriers(page)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/queries/cities/sister_cities?city=place:mashhad**")
    assert page.locator("table").count()


def test_guessing_is_stopped_after_a_few_tries(site, visit, shots):
    site.people()
    page = visit()
    for number in range(7):
        sign_in(page, password=f"wrong {number}")
    assert "Too many attempts" in page.locator("[role=alert]").inner_text()
    shots(page, "accounts-throttled")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_administrator_invites_and_a_viewer_may_not_come_there(site, visit, shots, barriers, language):
    site.people()
    root, guest, ann = visit(language), visit(language), visit(language)
    sign_in(root, ADMIN)
    root.goto("/admin/users")
    root.fill("[name=email]", "reza@example.org")
    root.locator("form[action='/admin/users'] [name=role]").select_option("analyst")
    root.click("form[action='/admin/users'] button")
    link = root.locator(".shown-once input").input_value()
    shots(root, f"accounts-users-{language}")
    guest.goto(link)
    assert not barriers(root)
    assert not barriers(guest)
    shots(guest, f"accounts-invited-{language}")
    guest.fill("[name=password]", "چهار واژهٔ بی‌ربط با هم")
    guest.click("main button[type=submit]")
    guest.wait_for_url("**/")
    sign_in(ann)
    ann.goto("/admin/users")
    assert "403" in ann.locator("h1").inner_text() or "۴۰۳" in ann.locator("h1").inner_text()
    shots(ann, f"accounts-refused-{language}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_who_is_signed_out_elsewhere_is_out_at_the_next_request(site, visit, shots, barriers, language):
    site.people()
    here, there = visit(language), visit(language)
    sign_in(here)
    sign_in(there)
    there.goto("/explore?ids=place:mashhad&open=place:mashhad")
    there.wait_for_selector(".explore[data-ready=yes]")
    here.goto("/account")
    expect(here.locator("[aria-labelledby=sessions] tbody tr")).to_have_count(2)
    shots(here, f"accounts-mine-{language}")
    assert not barriers(here)
    here.fill("[aria-labelledby=sessions] input[name=current]", PASSWORD)
    here.click("button[formaction='/account/sessions/end']")
    here.wait_for_selector("main [role=status]")
    answer = there.request.get(f"{site.address}/api/v1/search?q=mashhad")
    assert answer.status == 401
    ended, again = ENDED[language]
    there.fill(".search input", "mashhad")
    there.wait_for_selector(".found .hint a")
    assert there.locator(".found .hint").inner_text() == f"{ended} {again}"
    there.keyboard.press("Escape")
    there.locator(".expand button:not([disabled])").first.click()
    there.wait_for_selector(".notice a")
    shots(there, f"accounts-out-{language}")
    there.click(".notice a")
    assert "/login?next=%2Fexplore%3Fids%3Dplace" in there.url
    there.goto("/")
    assert "/login" in there.url
    here.goto("/")
    assert "/login" not in here.url


def test_two_step_sign_in_is_set_up_and_asked_for_in_persian_by_keyboard(site, visit, shots, barriers):
    site.people()
    here, there = visit("fa"), visit("fa", width=390, height=780)
    sign_in(here)
    here.goto("/account/factor")
    assert here.evaluate("() => document.querySelector('img.scanned').naturalWidth") > 100
    shots(here, "factor-set-up-fa")
    assert not barriers(here)
    totp = TOTP(key=here.locator("[aria-labelledby=set-up] code").inner_text(), format="base32")
    here.fill("[name=code]", totp.generate(time.time() - 30).token)  # the one of now is still good then
    here.fill("[aria-labelledby=set-up] [name=current]", PASSWORD)
    here.keyboard.press("Enter")
    codes = here.locator(".codes code")
    codes.first.wait_for()
    expect(codes).to_have_count(10)
    shots(here, "factor-codes-fa")
    sign_in(there)
    there.wait_for_url("**/login/code")
    shots(there, "factor-asked-fa")
    assert not barriers(there)
    there.keyboard.type(totp.generate(time.time()).token)
    there.keyboard.press("Enter")
    there.wait_for_url("**/")


def test_signing_out_works_without_a_script_and_by_keyboard(site, visit):
    site.people()
    page = visit()
    sign_in(page)
    page.focus(".choices .menu:last-of-type summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")


def test_a_program_reads_with_its_token_until_it_is_revoked(site, visit, shots):
    site.people()
    page = visit()
    sign_in(page)
    page.goto("/account")
    page.fill("[name=name]", "nightly report")
    page.click("form[action='/account/tokens'] button")
    secret = page.locator(".shown-once input").input_value()
    shots(page, "accounts-token")

    def read(path):
        asked = urllib.request.Request(site.address + path, headers={"Authorization": f"Bearer {secret}"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer)

    assert read("/queries/cities/sister_cities.json?city=place:mashhad")["rows"]
    assert read("/api/v1/search?q=mashhad")["results"]
    page.goto("/account")
    page.click("[aria-labelledby=tokens] tbody button")
    page.wait_for_selector("main [role=status]")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        read("/api/v1/search?q=mashhad")


@pytest.mark.parametrize("address", ["/login", "/account", "/admin/users"])
def test_a_phone_shows_the_pages_of_accounts_without_scrolling_sideways(site, visit, shots, address):
    site.people()
    page = visit("fa", width=390, height=780)
    if address != "/login":
        sign_in(page, ADMIN)
        page.wait_for_url("**/")
    page.goto(address)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")
    shots(page, f"accounts-phone{address.replace('/', '-')}")
