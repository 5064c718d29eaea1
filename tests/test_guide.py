"""The guides in docs/: what they tell a reader to type is typed."""

import re
import shlex
from pathlib import Path

import pytest
from imports_made import ACLED

import bordermap

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(?P<language>\w*) ?(?P<file>\S*)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)


def blocks_of(name):
    """List the code blocks of a guide: language, the file that it is the text of, text."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return [(block["language"], block["file"], block["text"]) for block in BLOCK.finditer(text)]


def put(file, text):
    """Write a file as the guide shows it."""
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Give a way to type a guide's lines in a new folder, which gives the files that they name and how often it was served."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BORDERMAP_PUBLIC", "no")  # which a line that serves may set
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    started = []
    monkeypatch.setattr(bordermap.os, "execv", lambda _program, command: started.append(command))
    monkeypatch.setattr(bordermap.os, "chdir", lambda _folder: None)

    def type_out(name):
        written = []
        for language, file, text in blocks_of(name):
            if language:
                put(Path(file), text)
                continue
            for line in text.splitlines():
                words = shlex.split(line)
                assert words[0] == "bordermap"
                assert bordermap.main(words[1:]) == 0, line
                written += [words[words.index("-o") + 1]] if "-o" in words else []
        return written, len(started)

    return type_out


def test_the_guide_to_a_border_of_ones_own_leads_to_its_map(typed):
    """Typed from top to bottom it ends well, with every file there that it names, and the dashboard asked to start."""
    written, started = typed("your-own-border.md")
    assert started == 2
    assert [name for name in written if not Path(name).exists()] == []
    assert "2,000 or so walked" in Path("seventh.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["import.md", "export.md", "faults.md", "publishing.md", "reading.md", "store.md"]
)
def test_a_page_of_the_docs_can_be_typed(typed, name):
    """Its commands end well from top to bottom, and every file is there that they name."""
    Path("path/to").mkdir(parents=True)
    Path("path/to/folder").symlink_to(ROOT / "data" / "collections" / "iraq-syria-2024")
    Path("acled.csv").write_text(ACLED, encoding="utf-8")
    written, _ = typed(name)
    assert written
    assert [name for name in written if not Path(name).exists()] == []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_links_of_a_guide_lead_somewhere(name):
    """Each relative link is a file of the checkout."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (ROOT / "docs" / target).exists(), target
