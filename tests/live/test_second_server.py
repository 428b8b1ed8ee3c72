"""The live tests on a server that is not ours: what they refuse, and that they leave nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph_app.engine import Address

pytestmark = pytest.mark.live
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = "tests/live/test_store.py::test_one_row_more_than_the_limit_is_a_cut_and_exactly_the_limit_is_none"


def run_tests(address: Address):
    environment = {
        **os.environ,
        "PEYVAND_TEST_NEO4J_URI": address.uri,
        "PEYVAND_TEST_NEO4J_USERNAME": address.username,
        "PEYVAND_TEST_NEO4J_PASSWORD": address.password,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", SAMPLE]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def count(store):
    return store.table("MATCH (n) RETURN count(n) AS count").rows[0][0]


def test_a_store_that_is_not_empty_is_refused_and_not_touched(founding, address):
    before = count(founding)
    assert before > 300
    done = run_tests(address)
    assert done.returncode == 3
    assert f"names a store that is not empty: it holds {before} nodes" in done.stdout + done.stderr
    assert "1 passed" not in done.stdout
    assert count(founding) == before


def test_an_empty_store_is_used_and_empty_again_afterwards(empty, address):
    done = run_tests(address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert count(empty) == 0
