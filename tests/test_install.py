"""The checkout installed editable, as `make app` does."""
# ruff: noqa: S603 - it runs our own command

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_module_is_found_beside_a_folder_of_its_name(tmp_path):
    """A script in the folder that holds the clone imports the module, not the clone as a package without code."""
    clone, site = tmp_path / "bordermap", tmp_path / "site"
    _lay_out(clone)
    build = "import sys; from setuptools.build_meta import build_editable; build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, tmp_path], cwd=clone, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site)
    script = tmp_path / "script.py"
    script.write_text(
        f"import site; site.addsitedir({str(site)!r}); import bordermap; print(bordermap.open_collection)"
    )
    ran = subprocess.run([sys.executable, "-E", "-S", script], check=False, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("found\n", "")


def _lay_out(clone):
    """Make a checkout of hardly more than what says how it is installed."""
    facts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in tomllib.loads(facts)["tool"]["setuptools"]["packages"]:
        folder = clone.joinpath(*name.split("."))
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    (clone / "pyproject.toml").write_text(facts, encoding="utf-8")
    for name in ("README.md", "LICENSE", "app.py"):
        (clone / name).touch()
    (clone / "bordermap.py").write_text("open_collection = 'found'\n", encoding="utf-8")
