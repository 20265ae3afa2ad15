"""What comes from others is listed with its licence and its hash, and nothing is fetched from elsewhere at run time."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "rse" / "static"
VENDOR = STATIC / "vendor"
LISTED = json.loads((VENDOR / "LOCK.json").read_text(encoding="utf-8"))
OURS = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"} and VENDOR not in path.parents)
LICENCES = {
    "Apache-2.0": "Apache License",
    "BSD-3-Clause": "Redistribution and use",
    "MIT": "MIT License",
    "OFL-1.1": "SIL OPEN FONT LICENSE",
}


def test_vendored_files_are_exactly_the_listed_ones():
    present = [str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file() and path.name != "LOCK.json"]
    assert sorted(entry["file"] for entry in LISTED) == sorted(present)


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["file"])
def test_vendored_file_has_its_hash_version_and_licence_text(entry):
    path = VENDOR / entry["file"]
    licence_text = (path.parent / "LICENSE").read_text(encoding="utf-8")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])
    assert LICENCES[entry["licence"]] in licence_text


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(STATIC)))
def test_our_assets_fetch_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"')]*", text) == []


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".css"], ids=lambda path: path.name)
def test_stylesheet_refers_to_files_that_exist(path):
    references = re.findall(r'url\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    assert [reference for reference in references if not (path.parent / reference).is_file()] == []
