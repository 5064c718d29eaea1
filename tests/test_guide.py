"""The guides in docs/: what they tell a reader to type is typed."""

import csv
import re
import shlex
from pathlib import Path

import pytest
from collections_made import write_table

import bordermap

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(?P<language>\w*) ?(?P<file>\S*)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)


def blocks_of(name):
    """List the code blocks of a guide: language, the file that it is the text of, text."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return [(block["language"], block["file"], block["text"]) for block in BLOCK.finditer(text)]


def put(file, text):
    """Write a file as the guide shows it; a collection's tables have all of their columns."""
    if file.parent.name:
        write_table(file, list(csv.DictReader(text.splitlines())))
    else:
        file.write_text(text, encoding="utf-8")


def test_the_guide_to_a_border_of_ones_own_leads_to_its_map(tmp_path, monkeypatch):
    """Typed from top to bottom it ends well, with every file there that it names, and the dashboard asked to start."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    started = []
    monkeypatch.setattr(bordermap.os, "execv", lambda _program, command: started.append(command))
    monkeypatch.setattr(bordermap.os, "chdir", lambda _folder: None)
    written = []
    for language, file, text in blocks_of("your-own-border.md"):
        if language:
            put(Path(file), text)
            continue
        for line in text.splitlines():
            words = shlex.split(line)
            assert words[0] == "bordermap"
            assert bordermap.main(words[1:]) == 0, line
            written += [words[words.index("-o") + 1]] if "-o" in words else []
    assert len(started) == 2
    assert [name for name in written if not (tmp_path / name).exists()] == []
    assert "2,000 or so walked" in (tmp_path / "seventh.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["your-own-border.md", "python.md"])
def test_links_of_a_guide_lead_somewhere(name):
    """Each relative link is a file of the checkout."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (ROOT / "docs" / target).exists(), target
