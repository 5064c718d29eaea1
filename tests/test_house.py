"""The house as design.md draws it: who imports what, one home per outside library, and what no file may say."""

import ast
import importlib
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_socket

from claims.shipped import shipped
from geo.gazetteer import DEFAULT_FOLDER, Gazetteer
from geo.places import PlaceKind
from layers.parts import ENGINE, MODULES

HERE = Path(__file__).parents[1]
HOUSE = ("geo", "claims", "layers", "dashboard", "commands")
"""Data flows down this list; a folder imports only from folders before it and from itself."""

SURFACES = ("app.py", "bordermap.py")

HOMES = {
    "geopy": ("geo/online/",),
    "folium": ("layers/page.py",),
    "branca": ("layers/page.py",),
    "streamlit": ("app.py", "dashboard/"),
    "starlette": ("dashboard/",),
    "sqlalchemy": ("claims/store/",),
    "python_calamine": ("claims/imports/",),
    "xlsxwriter": ("layers/exports/",),
    "alembic": ("claims/store/",),
    "psycopg": ("claims/store/",),
    "dateparser": ("claims/articles/dates.py",),
    "trafilatura": ("claims/articles/text.py",),
    "charset_normalizer": ("claims/articles/text.py", "claims/imports/files/othertext.py"),
    "dask": ("layers/build/cluster.py",),
    "distributed": ("layers/build/cluster.py",),
    "shapely": ("geo/", "layers/"),
    "geopandas": ("geo/", "layers/"),
    "pyogrio": ("geo/", "layers/"),
    "lxml": ("layers/exports/", "claims/imports/"),
    "orjson": ("layers/exports/", "claims/imports/"),
}
"""Where each outside library may be imported."""


def sources(*folders):
    """List the Python files of folders and the surfaces, as paths from the checkout."""
    found = [path for folder in folders for path in sorted((HERE / folder).rglob("*.py"))]
    return [str(path.relative_to(HERE)) for path in found]


CODE = (*sources(*HOUSE), *SURFACES)


def imported(path):
    """List the top names and the modules that a file imports, wherever in it."""
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} line {node.lineno} imports by dots"
            yield node.module


@pytest.mark.parametrize("path", CODE)
def test_a_folder_imports_only_from_those_above_it(path):
    """Places know nothing of claims, claims nothing of layers, layers nothing of the dashboard, and none the surfaces."""
    folder = path.split("/")[0]
    tops = {module.split(".")[0] for module in imported(path)}
    below = HOUSE[HOUSE.index(folder) + 1 :] if folder in HOUSE else ()
    surfaces = {"app", "bordermap"} if folder in HOUSE else {"app"}
    assert tops.isdisjoint({*below, *surfaces, "tests", "bench", "scripts", "trust"})


@pytest.mark.parametrize("library", HOMES)
def test_an_outside_library_has_one_home(library):
    """No file but its home imports a library, so that changing it changes one place."""
    users = [path for path in CODE if library in {module.split(".")[0] for module in imported(path)}]
    assert [path for path in users if not path.startswith(HOMES[library])] == []


@pytest.mark.parametrize("path", [*CODE, *sources("bench", "scripts", "trust")])
def test_a_module_opens_with_its_one_sentence(path):
    """The first paragraph of a module says in one sentence what it is for."""
    said = ast.get_docstring(ast.parse((HERE / path).read_text(encoding="utf-8")))
    assert said, "no docstring"
    first = " ".join(said.split("\n\n")[0].split())
    assert first.endswith(".")
    # A second sentence begins with a capital; "e.g." and "(design.md, ...)" do not end one.
    assert not re.search(r"[.!?] [A-Z]", first), first


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in CODE
        if re.search(r"^__all__ = ", (HERE / path).read_text(encoding="utf-8"), re.MULTILINE)
    ],
)
def test_what_a_module_says_is_public_is_so(path):
    """__all__ is sorted, names what is there, and leaves out no function or class without an underscore."""
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    told = module.__all__
    assert [name for name in told if not hasattr(module, name)] == []
    assert len(set(told)) == len(told)
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert {name for name in defined if not name.startswith("_")} <= set(told)


# ---- the engine


def test_every_file_of_the_engine_is_in_the_page():
    """Each JavaScript file of the engine is listed once among the page's modules."""
    assert sorted(path.stem for path in ENGINE.glob("*.js")) == sorted(MODULES)


def scripts():
    """List the JavaScript files of the page and of the dashboard."""
    return [*sorted(ENGINE.glob("*.js")), *sorted((HERE / "dashboard").rglob("*.js"))]


def test_every_script_is_javascript():
    """Node reads each script without a complaint; the engine's are plain scripts, the dashboard's are modules."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    for path in scripts():
        kind = "commonjs" if path.parent == ENGINE else "module"
        checked = subprocess.run(  # noqa: S603 - our own files
            [node, f"--input-type={kind}", "--check"],
            input=path.read_text(encoding="utf-8"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert checked.returncode == 0, f"{path.name}: {checked.stderr}"


@pytest.mark.parametrize("path", sorted(ENGINE.glob("*.js")), ids=lambda path: path.name)
def test_a_file_of_the_engine_opens_with_its_sentence(path):
    """The first line of each file says what it is for, as a Python module's docstring does."""
    assert re.match(r"// [A-Z]", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_no_script_makes_html_or_code_out_of_text(path):
    """Text reaches the document by textContent only."""
    code = re.sub(r"(?m)^\s*//.*", "", path.read_text(encoding="utf-8"))
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code
    )


# ---- what no file may say


def tracked():
    """List the files of the checkout that are committed, but for data that is not text."""
    git = shutil.which("git")
    if git is None or not (HERE / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=HERE, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    paths = [HERE / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in {".parquet", ".png", ".jpg"}]


def test_no_file_names_a_registry_or_this_machine():
    """No committed file holds the host of a package registry, or a path of the machine it was made on."""
    dot = "."
    hosts = [
        *("pypi" + dot + "org", "pythonhosted" + dot + "org", "npmjs" + dot + "org", "npmjs" + dot + "com"),
        *("deb.debian" + dot + "org", "security.debian" + dot + "org", "registry.yarnpkg" + dot + "com"),
        *("/" + "work" + "/main", "/" + "work" + "/shared"),
    ]
    found = {
        f"{path.relative_to(HERE)}: {host}"
        for path in tracked()
        for host in hosts
        if host in path.read_text(encoding="utf-8", errors="replace")
    }
    assert found == set()


ROUND_HERE = (
    *("iraq", "syria", "baghdad", "damascus", "euphrates", "العراق", "سوريا"),
    *("hungary", "austria", "danube", "österreich", "magyarország", "هنغاريا", "المجر", "النمسا"),
)
"""Names of countries, rivers and capitals, not of languages: how one writes is true of every border."""


def test_code_names_no_country_or_town_of_a_collection():
    """What is true of one border only is data: no code names the places of the shipped collections."""
    kinds = {PlaceKind.TOWN, PlaceKind.CROSSING, PlaceKind.BASE, PlaceKind.GOVERNORATE}
    own = [folder for folder in shipped().values() if (folder / "places.csv").is_file()]
    names = {
        spelling.casefold()
        for place in Gazetteer.read(DEFAULT_FOLDER, *own)
        if place.kind in kinds
        for spelling in place.spellings
        if len(spelling) > 5
    }
    names |= set(ROUND_HERE)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, names)))})(?:n|i|ns|is)?(?!\w)")
    files = [HERE / path for path in (*CODE, *sources("bench", "scripts", "trust"))]
    files += [path for path in ENGINE.iterdir() if path.is_file()]
    files += [path for path in (HERE / "dashboard").rglob("*") if path.suffix in {".js", ".css", ".html"}]
    found = {
        f"{path.relative_to(HERE)}: {name}"
        for path in files
        for name in pattern.findall(path.read_text(encoding="utf-8").casefold())
    }
    assert found == set()


# ---- the tests themselves


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_the_network_is_shut_in_tests(host):
    """A connection to any host but this one raises before a packet leaves."""
    with pytest.raises(pytest_socket.SocketConnectBlockedError):
        socket.create_connection((host, 80), timeout=5)


def test_this_machine_is_open_to_tests():
    """A server of a test's own can be spoken to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


@pytest.mark.parametrize("path", sources("tests"))
def test_a_tests_docstring_is_the_behaviour(path):
    """Every test says in a sentence what holds, and none sleeps."""
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    tests = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [node.name for node in tests if not (ast.get_docstring(node) or "").strip().endswith(".")] == []
    slept = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "sleep"]
    assert not slept or not path.startswith("tests/test_")


def test_python_is_one_that_the_lock_is_for():
    """The tests run on a Python for which the lock is made."""
    assert (3, 11) <= sys.version_info < (3, 14)
