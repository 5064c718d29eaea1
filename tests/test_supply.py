"""What bordermap is made of: few packages, pinned, under licences it can keep to, and asked about."""

import json
import re
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from test_house import CODE, HOUSE, imported

from scripts import audit
from scripts.audit import NONE, SOME, UNASKED
from scripts.licences import APART, PAGE, READ, TAKEN, fault_of, is_taken
from scripts.locked import LOCKS, ROOT, by_need, pins
from scripts.sbom import bill

FACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = {re.split(r"[<>=\[;]", word)[0] for word in FACTS["dependencies"]}
EXTRAS = {
    re.split(r"[<>=\[;]", word)[0].lower()
    for extra, words in FACTS["optional-dependencies"].items()
    if extra != "dev"
    for word in words
}
NOT_IMPORTED = {
    "setuptools",  # builds
    "django-js-lib-leaflet",  # is read as files
}
BROUGHT = {"jinja2", "starlette"}
"""folium brings the one, whose templates its own are; Streamlit the other, which is its server, in the version that it runs on."""


def rows_of(name):
    """List the cells of a page's tables, without their heads."""
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[0] != "package" and not set(row[0]) <= {"-"}]


# ---- few


def test_each_direct_package_is_argued():
    """docs/supply.md says of each package that pyproject.toml asks for what it is for, and of no other."""
    assert [row[0] for row in rows_of("supply.md")] == sorted(DIRECT)


def test_each_direct_package_is_used_and_each_used_one_is_asked_for():
    """A package that nothing imports can go, and one that is imported is not left to others to bring."""
    tops = {module.split(".")[0] for path in CODE for module in imported(path)}
    used = {top.replace("_", "-") for top in tops - sys.stdlib_module_names - {*HOUSE, "bordermap"}}
    assert DIRECT - NOT_IMPORTED - used == set()
    assert used - DIRECT - EXTRAS == BROUGHT


# ---- pinned


def test_each_pin_has_its_hashes():
    """Every line of a lock is a package of one version with the hashes of its files, and none names an index."""
    for lock in LOCKS:
        held = pins(ROOT / lock)
        assert len(held) > 50
        assert [pin.name for pin in held if not pin.hashes] == []


def test_a_line_that_is_no_pin_is_told(tmp_path):
    """The address of an index, or a package without a version, is no line of a lock."""
    for line in ("--index-url https://packages.example/simple", "tqdm>=4"):
        (tmp_path / "lock.txt").write_text(f"{line}\n")
        with pytest.raises(ValueError, match=re.escape(line)):
            pins(tmp_path / "lock.txt")


def test_all_locks_are_of_one_mind():
    """What is installed anywhere is in the version that the tests run on."""
    tested = {(pin.name, pin.version) for pin in pins(ROOT / "requirements-dev.txt")}
    for lock in LOCKS:
        assert {(pin.name, pin.version) for pin in pins(ROOT / lock)} - tested == set()


# ---- under which licences


def test_the_list_of_licences_is_of_the_locks():
    """docs/licences.md names each locked package in its version, under a licence that is taken."""
    told = rows_of("licences.md")
    assert sorted((name, version) for name, version, _ in told) == sorted(
        (pin.name, pin.version) for pin in by_need()
    )
    assert [fault for name, _, licence in told if (fault := fault_of(name, licence))] == []
    assert PAGE.name == "licences.md"


def test_a_licence_is_read_for_a_package_that_is_there():
    """What a person has read, or taken for one package alone, is of a package of the locks."""
    locked = {pin.name for pin in by_need()}
    assert set(READ) | set().union(*APART.values()) <= locked


def test_what_everybody_gets_is_under_no_lgpl():
    """Psycopg is in no lock but of who asks for it."""
    everybody = {pin.name for pin in pins(ROOT / "requirements.txt")}
    assert {row[0] for row in rows_of("licences.md") if row[2].startswith("LGPL")} & everybody == set()


EXPRESSIONS = [
    ("MIT", True),
    ("GPL-3.0-only", False),
    ("MIT AND GPL-2.0-only", False),
    ("MIT OR GPL-2.0-only", True),
    ("GPL-2.0-only OR AGPL-3.0-only", False),
    ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
    ("(MIT OR GPL-2.0-only) AND LGPL-2.1-only", False),
    ("MIT GPL-2.0-only", False),
    ("GPL-2.0-only WITH Classpath-exception-2.0", False),
    ("", False),
]


@pytest.mark.parametrize(("expression", "taken"), EXPRESSIONS)
def test_a_licence_is_taken_or_not(expression, taken):
    """Of a choice one side is enough, of several together all are needed, and what is not understood is not taken."""
    assert is_taken(expression, TAKEN) is taken


@pytest.mark.parametrize(
    ("name", "licence", "fault"),
    [
        ("tqdm", "MPL-2.0 AND MIT", ""),
        ("tqdm", "", "tqdm: its licence is unknown"),
        ("tqdm", "LGPL-3.0-only", "tqdm: LGPL-3.0-only is none"),
        ("psycopg", "LGPL-3.0-only", ""),
    ],
)
def test_a_licence_that_is_not_taken_is_told(name, licence, fault):
    """An unknown licence is a fault, as is one that only another package is let have."""
    assert fault_of(name, licence).startswith(fault)
    assert bool(fault_of(name, licence)) == bool(fault)


# ---- the bill


@pytest.fixture(scope="module")
def small_lock(tmp_path_factory):
    """A lock of two packages."""
    lock = tmp_path_factory.mktemp("lock") / "requirements.txt"
    held = [
        pin
        for pin in pins(ROOT / "requirements.txt")
        if pin.name in {"numpy", "tqdm"} and "<" not in pin.marker
    ]
    lines = [f"{pin.name}=={pin.version} \\\n    --hash=sha256:{pin.hashes[0]}\n" for pin in held]
    lock.write_text("".join(lines))
    return lock


def test_the_bill_names_packages_leaflet_and_data(small_lock):
    """Each part is there with its licence and hashes, without a time or number that would make it another each time."""
    text = bill(small_lock)
    made = json.loads(text)
    parts = {part["name"]: part for part in made["components"]}
    assert parts["tqdm"]["licenses"] == [{"expression": "MPL-2.0 AND MIT"}]
    assert parts["tqdm"]["purl"].startswith("pkg:pypi/tqdm@")
    assert parts["leaflet"]["licenses"] == [{"license": {"id": "BSD-2-Clause"}}]
    shipped = {
        f"data/{path.relative_to(ROOT / 'data').as_posix()}"
        for path in (ROOT / "data").rglob("*")
        if path.is_file()
    }
    assert {name for name in shipped if not name.endswith(".md")} == {
        name for name in parts if name.startswith("data/")
    }
    assert all(part["licenses"] for part in parts.values())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert "serialNumber" not in made
    assert "timestamp" not in made["metadata"]
    root = next(one for one in made["dependencies"] if one["ref"] == "root-component")
    assert root["dependsOn"] == sorted(parts[name]["bom-ref"] for name in ("numpy", "tqdm"))


# ---- asked about


WEAKNESS = {
    "id": "GHSA-made-up00",
    "summary": "made up",
    "details": "made up",
    "published": "2026-01-01T00:00:00Z",
    "aliases": ["CVE-2026-0"],
    "affected": [
        {
            "package": {"name": "tqdm", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}],
        }
    ],
}


@pytest.fixture
def service():
    """The address of an advisory service on this machine that knows of one weakness."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = [WEAKNESS] if asked["package"]["name"] == "tqdm" else []
            body = json.dumps({"vulns": known} if known else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        server.shutdown()


def audited(lock, service):
    """Run the audit of a lock."""
    command = [sys.executable, "-m", "scripts.audit", "--lock", str(lock), "--service", service]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def test_a_known_weakness_is_told_with_what_mends_it(service, small_lock):
    """It ends with 1, and says of which package, in which lock, and where it is mended."""
    ran = audited(small_lock, service)
    assert ran.returncode == SOME
    told = r"tqdm \S+ \(requirements\.txt\): .*GHSA-made-up00.*; mended in 999: make lock\n"
    assert re.fullmatch(told, ran.stdout)


def test_where_no_weakness_is_known_that_is_told(monkeypatch, capsys):
    """It ends with 0, and says of how many packages was asked."""
    told = json.dumps({"dependencies": [{"name": "tqdm", "version": "1", "vulns": []}]})
    monkeypatch.setattr(audit, "_asked", lambda *_: audit.read(told))
    monkeypatch.setattr(sys, "argv", ["audit"])
    assert audit.main() == NONE
    assert capsys.readouterr().out == "no weakness is known of 1 packages\n"


def test_a_service_that_cannot_be_asked_is_no_good_news(small_lock):
    """Where nobody answers it ends with 3, and says that nothing is known."""
    ran = audited(small_lock, "http://127.0.0.1:9/v1/query")
    assert ran.returncode == UNASKED
    assert (
        "http://127.0.0.1:9/v1/query could not be asked: whether weaknesses are known is not known"
        in ran.stderr
    )


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{}",
        '{"dependencies": []}',
        '{"dependencies": [{"name": "tqdm", "skip_reason": "not found"}]}',
        '{"dependencies": [{"name": "tqdm", "version": "1"}]}',
    ],
)
def test_an_answer_that_is_not_whole_is_none(told):
    """What does not say of each package what is known of it is an error, not silence."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        audit.read(told)


def test_the_check_is_made_every_week_by_the_same_target():
    """The workflow has a day of the week, may only read, runs no action of others, and runs what anybody runs."""
    text = (ROOT / ".github" / "workflows" / "audit.yml").read_text(encoding="utf-8")
    made = yaml.safe_load(text)
    when = made[True]  # YAML 1.1 takes `on` for a truth
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["schedule"][0]["cron"])
    assert made["permissions"] == {"contents": "read"}
    (job,) = made["jobs"].values()
    assert "permissions" not in job
    steps = job["steps"]
    assert [step for step in steps if "uses" in step] == []
    assert {line.strip().split()[0] for step in steps for line in step["run"].splitlines()} <= {
        "git",
        "make",
        "fetch",
    }
    assert steps[-1]["run"] == "make audit"
    assert Path(ROOT / "Makefile").read_text(encoding="utf-8").count("\naudit:") == 1
