import hashlib

from graph_app._layout import STATIC

VENDOR = STATIC / "vendor"


def test_vendored_files_are_those_that_were_reviewed():
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "CHECKSUMS.sha256").read_text().splitlines())
    present = {
        f"./{path.relative_to(VENDOR)}": path
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS.sha256"
    }
    assert set(listed) == set(present)
    for name, path in present.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name], name


def test_every_vendored_folder_has_its_licence_and_its_version():
    for folder in VENDOR.iterdir():
        if folder.is_dir():
            assert any(path.name.startswith(("LICENSE", "OFL")) for path in folder.iterdir()), folder
            assert folder.name.rpartition("-")[2][0].isdigit(), folder
