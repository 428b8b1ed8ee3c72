"""The drop folder on a real disk: when a set is quiet, and where it lies afterwards."""

import errno
import time
from pathlib import Path

import pytest

from graph_app.errors import LoadError
from loaders.dropping import DropFolder, exports_in


@pytest.fixture
def root(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    return tmp_path


def test_a_file_is_quiet_when_nothing_changed_while_we_looked_whatever_its_date(root):
    drop = DropFolder(root, quiet=0.2)
    assert drop.ready() == []
    time.sleep(0.3)
    (root / "b.csv").write_text("x\n")
    assert drop.ready() == [], "b came just now, and a belongs to the same set"
    time.sleep(0.3)
    assert drop.ready() == [[root / "a.csv", root / "b.csv"]]
    (root / "a.csv").write_text("x\n1\n2\n")
    assert drop.ready() == []


def test_every_folder_is_a_set_of_its_own_and_what_is_no_export_stays(root):
    (root / "more").mkdir()
    for name in ("more/c.xlsx", "~$a.xlsx", ".hidden.csv", "notes.txt", "more/readme.md"):
        (root / name).write_text("x")
    drop = DropFolder(root, quiet=0)
    drop.ready()
    assert drop.ready() == [[root / "a.csv"], [root / "more" / "c.xlsx"]]
    taken = drop.take([root / "more" / "c.xlsx"])
    assert exports_in(taken) == [taken / "c.xlsx"]
    assert (root / "more" / "readme.md").exists()


def test_a_set_goes_from_waiting_to_its_end_with_the_report_beside_it(root):
    drop = DropFolder(root, quiet=0)
    folder = drop.take([root / "a.csv"])
    (root / "a.csv").write_text("x\n")
    other = drop.take([root / "a.csv"])
    assert drop.waiting() == sorted([folder, other])
    ended = drop.finish(folder, "failed", "why")
    assert ended.parent == root / "failed"
    assert (ended / "report.txt").read_text() == "why"
    assert DropFolder(root, quiet=0).waiting() == [other], "after a restart, too"


def test_a_set_of_which_a_file_cannot_be_moved_stays_whole(root, monkeypatch):
    (root / "b.csv").write_text("x")
    moved = Path.rename

    def rename(path, target):
        if path == root / "b.csv":
            raise PermissionError(13, "held by another program")
        return moved(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    drop = DropFolder(root, quiet=0)
    with pytest.raises(PermissionError):
        drop.take([root / "a.csv", root / "b.csv"])
    assert exports_in(root) == [root / "a.csv", root / "b.csv"]
    assert not list((root / "waiting").iterdir())


def test_a_folder_that_is_away_is_refused(tmp_path):
    with pytest.raises(LoadError, match="cannot be written"):
        DropFolder(tmp_path / "away", quiet=0)


def test_a_full_disk_is_said_as_everywhere(tmp_path, monkeypatch):
    def full(*_asked, **_how):
        raise OSError(errno.ENOSPC, "of the system")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(LoadError, match="No room is left on the disk"):
        DropFolder(tmp_path, 1)
