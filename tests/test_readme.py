"""What README and CONTRIBUTING tell a reader to type."""

import re
import shlex
from pathlib import Path

import pytest
from imports_made import ACLED

import bordermap
from claims.store import open_store

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def lines_of(name: str) -> list[str]:
    """List the lines of a document's code blocks, without their comments."""
    blocks = BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
    return [line.split(" # ")[0].strip() for block in blocks for line in block.splitlines()]


COMMANDS = [line for line in lines_of("README.md") if line.startswith("bordermap ")]
SERVED = [line for line in COMMANDS if line.startswith("bordermap health")]
"""Of a dashboard that is served (test_health.py)."""


@pytest.mark.parametrize("line", [line for line in COMMANDS if line not in SERVED])
def test_a_command_of_the_readme_runs(line, tmp_path, monkeypatch):
    """Each command that the README shows does what it says and ends well; the dashboard is asked to start."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "path" / "to").mkdir(parents=True)
    (tmp_path / "path" / "to" / "folder").symlink_to(ROOT / "data" / "collections" / "iraq-syria-2024")
    (tmp_path / "names.csv").write_text("toponym,doc\nAlbu Kamal,1\nDeir Ezzor,1\n", encoding="utf-8")
    (tmp_path / "report.txt").write_text(
        "On Saturday the army said that soldiers had fled to Lebanon.", encoding="utf-8"
    )
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    if "import whole.zip" in line:
        assert bordermap.main(["export", "csv", "--whole", "-o", "whole.zip"]) == 0
    # Each line stands alone here: what earlier ones would have kept is there.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if ("mine" in line and "import" not in line) or "backup" in line:
        open_store().import_folder(ROOT / "data" / "collections" / "iraq-syria-2024", "mine", "Tess Ter")
    if "restore" in line:
        assert bordermap.main(["backup", "-o", "store.backup"]) == 0
    started = []
    monkeypatch.setattr(bordermap.os, "execv", lambda _program, command: started.append(command))
    words = shlex.split(line)[1:]
    assert bordermap.main(words) == 0
    assert bool(started) == (words[0] == "serve")
    if "-o" in words:
        written = Path(words[words.index("-o") + 1])
        assert any(written.iterdir()) if written.is_dir() else written.stat().st_size > 0


def test_every_command_stands_in_the_readme():
    """No command of the command line is missing from the README."""
    shown = {line.split()[1] for line in COMMANDS}
    assert shown == {
        "serve",
        "new",
        "export",
        "changes",
        "geocode",
        "import",
        "read",
        "build",
        "store",
        "audit",
        "check",
        "backup",
        "restore",
        "health",
    }


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_is_there(name):
    """Each make target that a document shows is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {line.split()[1] for line in lines_of(name) if line.startswith("make ")}
    assert asked
    assert asked <= targets


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "data/README.md",
        "data/gazetteer/README.md",
        "data/collections/README.md",
    ],
)
def test_links_lead_somewhere(name):
    """Each relative link and picture of a document is a file of the checkout."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert ((ROOT / name).parent / target).exists(), target
