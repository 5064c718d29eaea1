"""Writes the bill of materials (CycloneDX, JSON): the locked packages with their licences, Leaflet, and each file of data.

`make sbom` writes build/sbom.json. The same checkout gives the same bytes: there is no time and no serial number in it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from scripts.licences import licence_of
from scripts.locked import ROOT, Pin

OUT: Final = ROOT / "build" / "sbom.json"

DATA: Final = (
    ("basemap/*.parquet", "public domain (Natural Earth)"),
    ("basemap/extents.csv", "public domain (Natural Earth)"),
    ("gazetteer/places.csv", "Apache-2.0 AND CC-BY-4.0"),
    ("gazetteer/areas.geojson", "public domain (Natural Earth), and Apache-2.0 for the rules"),
    ("gazetteer/rivers.geojson", "public domain (Natural Earth), and Apache-2.0 for the rules"),
    ("gazetteer/world/world.zip", "CC-BY-4.0 (GeoNames), and others as data/gazetteer/world/NOTICES.md says"),
    ("*", "Apache-2.0"),
)
"""The licence of each file of data, by the first pattern that it has; of a collection its own facts say it."""

_SPDX: Final = frozenset({"Apache-2.0", "Apache-2.0 AND CC-BY-4.0"})


def main() -> None:
    """Write the bill of what everybody installs; or of the lock that is named, to the path named after it."""
    lock, out = map(Path, sys.argv[1:]) if sys.argv[1:] else (ROOT / "requirements.txt", OUT)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(bill(lock), encoding="utf-8")
    print(f"wrote {out}")


def bill(lock: Path) -> str:
    """Give the bill of a lock's packages and of what is shipped, as CycloneDX 1.6 in JSON."""
    made = _packages(lock)
    parts = made["components"]
    for part in parts:
        part.pop("description", None)  # the line of the lock, hashes and all
        part["licenses"] = _licences(licence_of(Pin(part["name"], part["version"], "", ())))
    direct = {name.casefold() for name in _direct()}
    root = made["metadata"]["component"]["bom-ref"]
    needed = [part["bom-ref"] for part in parts if part["name"].casefold() in direct]
    made["components"] = [*parts, _leaflet(), *_data()]
    for one in made["dependencies"]:
        if one["ref"] == root:
            one["dependsOn"] = sorted(needed)
    return json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _packages(lock: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        str(lock),
        "--pyproject",
        str(ROOT / "pyproject.toml"),
    ]
    more = ["--output-reproducible", "--no-validate", "--sv", "1.6", "--of", "JSON", "-o", "-"]
    ran = subprocess.run([*command, *more], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    made: dict[str, Any] = json.loads(ran.stdout)
    return made


def _direct() -> list[str]:
    """List the names of the packages that pyproject.toml asks for itself."""
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [word.split(">")[0].split("=")[0].split("[")[0] for word in facts["project"]["dependencies"]]


def _licences(said: str) -> list[dict[str, Any]]:
    if not said:
        return []
    if " " in said:
        return [{"expression": said}]
    return [{"license": {"id": said}}]


def _leaflet() -> dict[str, Any]:
    """Tell of the one library that travels in every page that is written."""
    script = files("js_lib_leaflet").joinpath("static", "js_lib_leaflet", "leaflet.js").read_bytes()
    return {
        "type": "library",
        "bom-ref": "leaflet",
        "name": "leaflet",
        "version": "1.9.4",
        "purl": "pkg:npm/leaflet@1.9.4",
        "hashes": [_hash(script)],
        "licenses": _licences("BSD-2-Clause"),
    }


def _data() -> list[dict[str, Any]]:
    """Tell of each file of data."""
    found = []
    for path in sorted((ROOT / "data").rglob("*")):
        if path.is_file() and path.suffix != ".md":
            name = path.relative_to(ROOT).as_posix()
            said = _licence_of_data(path)
            licences = _licences(said) if said in _SPDX else [{"license": {"name": said}}]
            part = {
                "type": "data",
                "bom-ref": name,
                "name": name,
                "hashes": [_hash(path.read_bytes())],
                "licenses": licences,
            }
            found.append(part)
    return found


def _licence_of_data(path: Path) -> str:
    facts = path.parent / "collection.toml"
    if facts.is_file():
        return str(tomllib.loads(facts.read_text(encoding="utf-8"))["licence"])
    name = path.relative_to(ROOT / "data").as_posix()
    return next(said for pattern, said in DATA if fnmatch(name, pattern))


def _hash(content: bytes) -> dict[str, str]:
    return {"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}


if __name__ == "__main__":
    main()
