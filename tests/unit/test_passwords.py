"""Which passwords are taken, and how they are kept."""

import pytest
from flask_security import hash_password, verify_password

from graph_app.app import create_app
from graph_app.auth import accounts as known
from graph_app.auth import passwords
from graph_app.auth.extension import accounts
from graph_app.auth.passwords import weakness
from graph_app.settings import Settings

EMAIL = "ann.smith@example.org"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "12 characters"),
        ("x7!kQ2#mP9$", "12 characters"),
        ("y" * 201, "200 characters"),
        ("ann.smith@example.org", "e-mail address"),
        ("Ann Smith ann.smith@example.org"[:9] + "!!!!!", "e-mail address"),
        ("123456789012", "tried first"),
        ("Password 1234", "tried first"),
        ("P@ssw0rd-1234", "tried first"),
        ("QWERTY uiop 123", "tried first"),
        ("abababababab", "tried first"),
        ("رمزعبور ۱۲۳۴", "tried first"),
        ("1qaz2wsx3edc", "tried first"),  # leaked
        ("Mail Created 5240", "tried first"),
        ("Peyvand-Mashhad-1404", "tried first"),  # words of this place and digits
        ("شهرداری مشهد ۱۴۰۴", "tried first"),
        ("neo4j+smith+2026!", "tried first"),
    ],
)
def test_a_weak_password_is_refused_and_says_why(password, why):
    assert why in weakness(password, EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "کلاه سبز روی پل بلند",
        "x7!kQ2#mP9$z",
        "83$61!2a97#5",  # no kind of character is asked for
        "blue mashhad kettle",
        "ends with spaces   ",
        "🐎🔋📎" * 4 + "ab",
    ],
)
def test_a_good_password_in_any_script_is_taken(password):
    assert weakness(password, EMAIL) is None


def test_at_least_the_3000_commonest_of_the_length_asked_for_are_refused():
    assert len(passwords._common()) > 40_000


@pytest.mark.usefixtures("real_hashes")
def test_passwords_are_hashed_with_all_the_work_that_is_advised(no_graph, tmp_path):
    app = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    with app.app_context():
        kept = hash_password("کلاه سبز روی پل بلند")
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert verify_password("کلاه سبز روی پل بلند", kept)
        assert hash_password("کلاه سبز روی پل بلند") != kept


def test_an_account_that_is_not_there_costs_the_same_work(no_graph, tmp_path, monkeypatch):
    app = create_app(no_graph, Settings.read({"PEYVAND_HOME": str(tmp_path)}))
    compared = []
    monkeypatch.setattr(
        known, "verify_password", lambda given, kept: compared.append(kept) or verify_password(given, kept)
    )
    with app.app_context():
        accounts().add("root@example.org", "administrator", "four quiet words apart")
        accounts().add("ann@example.org", "viewer")  # invited, no password yet
        accounts().add("eve@example.org", "viewer", "four quiet words apart")
        accounts().set_active(accounts().find("eve@example.org"), active=False)
        for email in ("root@example.org", "ann@example.org", "eve@example.org", "nobody@example.org", "not an address"):
            assert accounts().known(email, "wrong", "10.0.0.1") is None
        assert accounts().known("eve@example.org", "four quiet words apart", "10.0.0.2") is None
    assert len(compared) == 6
    assert len({kept.rpartition("$")[0].rpartition("$")[0] for kept in compared}) == 1  # one algorithm, one cost
