"""The command line: what each command does, says and returns."""
# ruff: noqa: S603 - it runs our own command

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from collections_made import ON_THE_SEVENTH, make
from nominatim_made import NominatimMade, Reply, result

import bordermap
from claims.shipped import FOLDER
from commands import geocode as geocode_command
from commands.geocode import _watched
from commands.serve import ROOT

SCRIPT = Path(sys.executable).with_name("bordermap")
REAL = FOLDER / "iraq-syria-2024"


def run(capsys, *words):
    """Run a command in this process; give its exit code, output and error output."""
    try:
        code = bordermap.main([str(word) for word in words])
    except SystemExit as stopped:
        code = stopped.code
    said = capsys.readouterr()
    return code, said.out, said.err


def facts_of_page(path):
    """Read from a page its facts."""
    return json.loads(re.search(r'id="bordermap-facts">(.*?)</script>', path.read_text(encoding="utf-8"))[1])


def days_of_page(path):
    """Read from a page the days that it shows."""
    facts = facts_of_page(path)
    return [facts[name] for name in ("first_day", "opening_day", "last_day")]


def features_of(path):
    """Read the features of a GeoJSON file."""
    return json.loads(path.read_text(encoding="utf-8"))["features"]


# ---- help and usage

HELP = [
    ([], ["serve", "export", "changes", "geocode"]),
    (["serve"], ["--collection", "--port"]),
    (
        ["export"],
        [
            *("html", "geojson", "--collection", "--day", "--from", "--to"),
            *("--known", "--rows", "--since", "-o"),
        ],
    ),
    (["changes"], ["OLD", "NEW", "--collection", "-o"]),
    (
        ["geocode"],
        [
            *("NAME", "FILE", "-o", "--column", "--group", "--countries"),
            *("--online", "--user-agent", "--answers", "--nominatim"),
        ],
    ),
]


@pytest.mark.parametrize(("command", "words"), HELP)
def test_each_command_explains_itself(capsys, command, words):
    """--help exits 0 and names every choice."""
    code, out, err = run(capsys, *command, "--help")
    assert (code, err) == (0, "")
    assert all(word in out for word in words)


WRONG = [
    ([], "required"),
    (["draw"], "invalid choice"),
    (["export"], "required"),
    (["export", "html"], "-o"),
    (["export", "geojson", "--since", "y", "-o", "x"], "--since goes with html"),
    (["changes"], "required"),
    (["changes", "iraq-syria-2024", "-o", "."], "'.' is not a file's name"),
    (["export", "pdf", "-o", "x"], "invalid choice"),
    (["export", "html", "--day", "Saturday", "-o", "x"], "'Saturday' is not a day; write it as 2024-12-07"),
    (["export", "html", "--day", "2024-12-32", "-o", "x"], "is not a day"),
    (["export", "html", "--day", "2024-12-07", "--to", "2024-12-08", "-o", "x"], "--day goes without"),
    (["export", "html", "--rows", "claims", "-o", "x"], "--rows claims goes with geojson"),
    (["export", "html", "--from", "2024-12-08", "--to", "2024-12-07", "-o", "x"], "is after 2024-12-07"),
    (
        ["export", "html", "--day", "2023-01-01", "-o", "x"],
        "--day 2023-01-01 is outside the collection's days, ",
    ),
    (["export", "html", "--from", "2024-11-20", "-o", "x"], "--from 2024-11-20 is outside"),
    (["export", "geojson", "--to", "2025-01-14", "-o", "x"], "days, 2024-11-21 to 2025-01-13"),
    (["serve", "--port", "web"], "is not a port"),
    (["serve", "--address", "map.example.org"], "is not an IP address"),
    (["serve", "--address", "999.1.1.1"], "is not an IP address"),
    (["geocode"], "required"),
    (["geocode", "names.csv"], "'names.csv' is a CSV file; name with -o the file to write"),
    (["geocode", "-", "--group", "doc"], "'-' is a CSV file; name with -o"),
    (["geocode", "names.csv", "other.csv", "-o", "x"], "give 'names.csv' alone"),
    (["geocode", "Oslo", "-"], "give '-' alone"),
    (["geocode", "Oslo", "-o", "x"], "-o, --column and --group go with a CSV file, or - for standard input"),
    (["geocode", "Oslo", "Moss", "--column", "name"], "go with a CSV file"),
    (["geocode", "x" * 5000, "-o", "x"], "go with a CSV file"),
    (["geocode", "names.csv", "-o", "-"], "-o '-' is not a file's name"),
    (["geocode", "Oslo", "--countries", "NO,Norge,UK"], "'NORGE', 'UK' are no country codes; write"),
    (["geocode", "Oslo", "--online"], "--online needs --user-agent: who asks"),
    (["geocode", "Oslo", "--answers", "x"], "go with --online"),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_wrong_usage_is_told_and_exits_2(capsys, tmp_path, monkeypatch, words, told):
    """What the command line does not know stands on standard error, in a line and where help is, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.splitlines()[1:] == [f"{err.partition(': error: ')[0]} --help tells how it is used"]
    assert told in err
    assert list(tmp_path.iterdir()) == []


def test_the_console_command_is_the_same(tmp_path):
    """The installed command runs from any folder and hands on its exit code."""
    if not SCRIPT.exists():
        pytest.skip("the checkout is not installed into this environment (make install)")
    done, wrong = (
        subprocess.run(
            [SCRIPT, *words], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        for words in (["geocode", "al-Qaim"], ["export"])
    )
    assert (done.returncode, wrong.returncode) == (0, 2)
    assert done.stdout.startswith("toponym")


def test_the_command_line_loads_no_table_before_it_is_asked():
    """What reads tables and draws is loaded by the commands that do, so that serve hands on at once."""
    said = "import sys, bordermap; print(sorted({'numpy', 'pandas', 'shapely', 'streamlit'} & sys.modules.keys()))"
    asked = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, cwd=ROOT, check=True)
    assert asked.stdout == "[]\n"


# ---- export


def test_a_page_of_some_days_is_exported(capsys, tmp_path):
    """The command export html writes the page of the days asked for, and says what it leaves out."""
    path = tmp_path / "map.html"
    code, out, err = run(capsys, "export", "html", "--from", "2024-12-01", "--to", "2024-12-07", "-o", path)
    assert (code, out) == (0, "")
    undated, story = err.splitlines()
    assert re.fullmatch(r"left out for want of a day: \d+", undated)
    assert story.startswith("left out: the story")
    assert path.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert days_of_page(path) == ["2024-12-01", "2024-12-07", "2024-12-07"]
    assert [found.name for found in tmp_path.iterdir()] == ["map.html"]


def test_a_page_of_a_day_without_events_is_a_page(capsys, tmp_path):
    """A day on which nothing is told makes a page all the same, and says nothing of a story that there is not."""
    path, day = tmp_path / "map.html", "2024-12-24"
    make(tmp_path / "mine", claims=(ON_THE_SEVENTH,))
    words = ["export", "html", "--collection", tmp_path / "mine", "--day", day, "-o", path]
    assert run(capsys, *words) == (0, "", f"no event is told of from {day} to {day}\n")
    assert days_of_page(path) == [day] * 3


def test_geojson_of_a_day_holds_its_events(capsys, tmp_path):
    """The command export geojson --day keeps the crossing of that day with both its claims' numbers."""
    path = tmp_path / "day.geojson"
    assert run(capsys, "export", "geojson", "--day", "2024-12-07", "-o", path)[0] == 0
    events = {feature["id"]: feature["properties"] for feature in features_of(path)}
    assert "soldiers-cross-at-al-qaim" in events
    assert all(said["date_end"] >= "2024-12-07" for said in events.values())
    numbers = {claim["count_text"] for claim in events["soldiers-cross-at-al-qaim"]["claims"]}
    assert {"2,000 or so", "More than 1,000"} <= numbers


def test_geojson_as_known_on_a_day_holds_what_was_reported_by_then(capsys, tmp_path):
    """--known leaves out later claims; before the first report nothing is left, and that is a file too."""
    path = tmp_path / "known.geojson"
    assert run(capsys, "export", "geojson", "--known", "2024-12-03", "-o", path)[0] == 0
    claims = [claim for feature in features_of(path) for claim in feature["properties"]["claims"]]
    assert claims
    assert max(claim["reported"] for claim in claims) <= "2024-12-03"
    assert run(capsys, "export", "geojson", "--known", "2000-01-01", "-o", path)[0] == 0
    assert features_of(path) == []


def test_a_page_says_which_edition_it_is_and_by_when_it_was_known(capsys, tmp_path, real):
    """The page's facts hold the collection's hash, its locales, and the day that --known names, then without a story."""
    whole, known = tmp_path / "whole.html", tmp_path / "known.html"
    assert run(capsys, "export", "html", "-o", whole)[0] == 0
    assert run(capsys, "export", "html", "--known", "2024-12-06", "-o", known)[0] == 0
    facts, cut = facts_of_page(whole), facts_of_page(known)
    assert facts["digest"] == cut["digest"] == real.digest[:12]
    assert (facts["known_by"], cut["known_by"]) == (None, "2024-12-06")
    assert (len(facts["story"]["steps"]), cut["story"]) == (len(real.story.steps), None)
    assert facts["locales"] == {"ar": "ar-SY"}


def test_before_the_first_report_the_page_is_empty_and_whole(capsys, tmp_path):
    """A page without events is built."""
    path = tmp_path / "known.html"
    code, out, err = run(capsys, "export", "html", "--known", "2000-01-01", "-o", path)
    assert (code, out) == (0, "")
    assert err.startswith("left out: the story")
    assert days_of_page(path)[1] == "2024-11-21"


def test_a_page_of_what_was_known_opens_on_a_day_that_it_knows_of(capsys, tmp_path):
    """Where the collection opens on a later day, the page does on the last day that was known."""
    path = tmp_path / "known.html"
    run(capsys, "export", "html", "--known", "2024-12-06", "-o", path)
    assert days_of_page(path)[1] == "2024-12-06"


def test_geojson_of_claims_has_a_row_a_claim(capsys, tmp_path, real):
    """--rows claims writes every claim as a feature."""
    path = tmp_path / "claims.geojson"
    assert run(capsys, "export", "geojson", "--rows", "claims", "-o", path) == (0, "", "")
    assert [feature["id"] for feature in features_of(path)] == list(real.claims["claim_id"])


# ---- collections


def copied(folder):
    """Copy the shipped collection."""
    shutil.copytree(REAL, folder)
    return folder


@pytest.mark.parametrize("name", ["there", "./there", ".", "absolute"])
def test_a_collection_is_named_by_its_folder_too(capsys, tmp_path, monkeypatch, name):
    """A folder is taken from where the user stands, the present one included."""
    folder = copied(tmp_path / "there")
    toml = folder / "collection.toml"
    toml.write_text(
        re.sub("^title = .*$", 'title = "Mine"', toml.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    monkeypatch.chdir(folder if name == "." else tmp_path)
    path = tmp_path / "out.geojson"
    name = folder if name == "absolute" else name
    assert run(capsys, "export", "geojson", "--collection", name, "-o", path)[0] == 0
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == "Mine"


def test_an_unknown_collection_is_told_and_exits_1(capsys, tmp_path):
    """Neither shipped nor a folder: the shipped ones are named."""
    code, out, err = run(capsys, "export", "geojson", "--collection", "atlantis", "-o", tmp_path / "x")
    assert (code, out) == (1, "")
    assert "'atlantis' is neither a shipped collection (iraq-syria-2024" in err
    assert run(capsys, "serve", "--collection", "atlantis")[0] == 1


def test_a_collection_whose_name_no_disk_takes_is_told(capsys, tmp_path):
    """A name that is too long for a file is one sentence, and exits 1."""
    code, _, err = run(capsys, "export", "csv", "--collection", "a" * 5_000, "-o", tmp_path / "a.csv")
    assert code == 1
    assert "cannot be looked at (File name too long); name a shipped collection" in err


def test_faults_of_a_collection_are_all_told_and_nothing_is_written(capsys, tmp_path):
    """Exit code 1, each fault on a line of standard error with file, line, column and value, and no file."""
    folder = copied(tmp_path / "mine")
    claims = folder / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(
        text.replace("2024-12-07", "2024-12-77").replace("al-qaim,", "al-qaym,"), encoding="utf-8"
    )
    (folder / "actors.csv").unlink()
    path = tmp_path / "out.html"
    code, out, err = run(capsys, "export", "html", "--collection", folder, "-o", path)
    assert (code, out) == (1, "")
    head, *faults = err.splitlines()
    assert head == f"{len(faults)} faults, nothing was read:"
    assert "actors.csv: is missing; add it to mine/" in faults
    assert any(
        re.match(r"claims\.csv line \d+: date_start '2024-12-77' is not a day; ", fault) for fault in faults
    )
    assert any("'al-qaym' is not in the gazetteer" in fault for fault in faults)
    assert "Traceback" not in err
    assert not path.exists()


def test_an_output_that_cannot_be_written_is_told(capsys, tmp_path):
    """A folder that is not there is named, with exit code 1."""
    path = tmp_path / "nowhere" / "out.geojson"
    code, out, err = run(capsys, "export", "geojson", "-o", path)
    assert (code, out) == (1, "")
    assert f"'{path}' cannot be written" in err
    assert list(tmp_path.iterdir()) == []


# ---- serve


def test_serve_runs_the_dashboard_with_its_collection(capsys, monkeypatch, tmp_path):
    """The command serve hands the folder and the port on to Streamlit, in the project's own folder."""
    ran = []
    monkeypatch.setattr(os, "execv", lambda program, words: ran.append((program, words, Path.cwd())))
    monkeypatch.setenv("BORDERMAP_COLLECTION", "")
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "serve", "--port", "8765")[0] == 0
    ((program, words, folder),) = ran
    assert program == words[0] == sys.executable
    assert words[1:3] == ["-m", "dashboard.launch"]
    assert "8765" in words
    assert folder == ROOT
    assert os.environ["BORDERMAP_COLLECTION"] == str(REAL)


def test_serve_refuses_a_form_of_the_log_that_is_none(capsys, monkeypatch):
    """As a fault of usage, before anything is started."""
    monkeypatch.setenv("BORDERMAP_LOG", "xml")
    with pytest.raises(SystemExit) as ended:
        bordermap.main(["serve"])
    assert ended.value.code == 2
    assert "BORDERMAP_LOG is 'xml'; let it be plain or json" in capsys.readouterr().err


def test_serve_refuses_an_address_of_another_machine(capsys):
    """One of the documentation's network (RFC 5737) is nobody's, and it is all that is said."""
    code, _, err = run(capsys, "serve", "--address", "203.0.113.1")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("203.0.113.1 is no address of this machine; name one of it")


# ---- geocode


def test_geocode_prints_a_table_of_places(capsys):
    """One line for each place found: toponym, place, kind, country, lon, lat, radius and how it matched."""
    code, out, err = run(capsys, "geocode", "al-Qaim", "ALBU KAMAL", "Qwxyzzgrad")
    assert (code, err) == (0, "")
    head, *rows = [re.split(r"\s{2,}", line) for line in out.splitlines()]
    assert head == ["toponym", "place", "kind", "country", "lon", "lat", "radius_km", "how matched"]
    assert {row[0] for row in rows} == {"al-Qaim", "ALBU KAMAL", "Qwxyzzgrad"}
    assert rows[-1] == ["Qwxyzzgrad", "-", "-", "-", "-", "-", "-", "unknown"]
    (found,) = [row for row in rows if row[0] == "al-Qaim" and row[2] == "town"]
    assert (found[3], float(found[4]), float(found[5])) == ("IQ", pytest.approx(41.02), pytest.approx(34.38))


def typed(monkeypatch, content):
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))


def test_names_of_standard_input_are_listed(capsys, monkeypatch):
    """A dash reads a name a line, blank ones passed over, in UTF-8 whatever the terminal's encoding."""
    typed(monkeypatch, "\ufeffal-Qaim\r\n\n  القائم  \n".encode())
    code, out, err = run(capsys, "geocode", "-")
    assert (code, err) == (0, "")
    assert {re.split(r"\s{2,}", line)[0] for line in out.splitlines()[1:]} == {"al-Qaim", "القائم"}


def test_faults_of_standard_input_are_told(capsys, monkeypatch):
    """What is no UTF-8 is told with its line."""
    typed(monkeypatch, b"Oslo\nBod\xf8\n")
    code, out, err = run(capsys, "geocode", "-")
    assert (code, out) == (1, "")
    assert "standard input line 2: 'f8' is not UTF-8; save the file as UTF-8" in err


FILES = [
    (["names.csv", "-o", "out.csv"], "toponym,doc\n"),
    (["names.csv", "-o", "out.csv", "--group", "doc", "--countries", "iq, sy"], "toponym,doc\n"),
    (["names.csv", "-o", "out.csv", "--column", "name", "--group", "doc"], "name,doc\n"),
    (["./names", "-o", "out.csv"], "toponym,doc\n"),
    (["-", "-o", "out.csv"], "toponym,doc\n"),
    (["-", "-o", "out.csv", "--column", "name"], "name,doc\n"),
]


@pytest.mark.parametrize(("words", "header"), FILES)
def test_a_file_of_names_is_geocoded(capsys, tmp_path, monkeypatch, words, header):
    """Every row is written again with its place, from a file or from standard input, and nothing is said."""
    monkeypatch.chdir(tmp_path)
    content = f"{header}Abu Kamal,1\nQwxyzzgrad,1\n"
    typed(monkeypatch, content.encode())
    if words[0] != "-":
        Path(words[0]).write_text(content, encoding="utf-8")
    assert run(capsys, "geocode", *words) == (0, "", "")
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        found, lost = csv.DictReader(file)
    assert (found["doc"], found["place_id"], found["place_country"]) == ("1", "albukamal", "SY")
    assert float(found["place_lon"]) == pytest.approx(40.92, abs=0.01)
    assert (lost["place_id"], lost["match"]) == ("", "unknown")


def test_faults_of_a_file_of_names_are_all_told_and_nothing_is_written(capsys, tmp_path, monkeypatch):
    """Exit code 1, each fault with file, line and value; a file that is not there is one."""
    monkeypatch.chdir(tmp_path)
    Path("names.csv").write_text("name,match\nOslo\n", encoding="utf-8")
    code, out, err = run(capsys, "geocode", "names.csv", "--group", "doc", "-o", "out.csv")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "4 faults, nothing was read:",
        "names.csv line 1: 'match' is a column that would be added; rename it",
        "names.csv line 1: 'toponym' is a missing column; choose one of 'name', 'match'",
        "names.csv line 1: 'doc' is a missing column; choose one of 'name', 'match'",
        "names.csv line 2: has 1 cells where the header has 2; quote cells that hold commas or line ends",
    ]
    code, out, err = run(capsys, "geocode", "missing.csv", "-o", "out.csv")
    assert (code, out) == (1, "")
    assert "missing.csv: is missing" in err
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


def test_progress_is_for_a_terminal_and_for_what_takes_over_a_second(monkeypatch):
    """The bar waits a second, knows how many rows there are, and is for eyes only."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert _watched([], "placing", 3).disable
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = _watched(range(3), "placing", 3)
    assert (bool(bar.disable), bar.delay, bar.total, bar.desc) == (False, 1, 3, "placing")
    assert list(bar) == [0, 1, 2]
    assert sys.stderr.getvalue().strip() == ""


def test_what_is_unknown_is_asked_online_only_when_wanted(capsys, tmp_path, monkeypatch):
    """--online asks Nominatim for what the gazetteer does not know, as who the user says, and keeps the answers."""
    words = ["geocode", "al-Qaim", "Qwxyzzgrad"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("BORDERMAP_USER_AGENT", "alpine-atlas tests (maps@example.org)")
    with NominatimMade([[result("Qwxyzzgrad")]]) as server:
        assert "unknown" in run(capsys, *words)[1]
        assert server.asked == []
        for _ in range(2):
            code, out, err = run(capsys, *words, "--online", "--nominatim", f"http://{server.domain}")
            assert (code, err) == (0, "")
            assert re.split(r"\s{2,}", out.splitlines()[-1])[-1] == "online"
        (asked,) = server.asked
    assert (asked.query["q"], asked.user_agent) == ("Qwxyzzgrad", "alpine-atlas tests (maps@example.org)")
    assert (tmp_path / "cache" / "bordermap" / "answers.sqlite").is_file()


def test_a_service_that_is_down_is_told(capsys, tmp_path):
    """Exit code 1, and the sentence says which service."""
    with NominatimMade([Reply(status=403)]) as server:
        address = ["--nominatim", f"http://{server.domain}", "--answers", tmp_path / "answers"]
        agent = ["--user-agent", "alpine-atlas tests (maps@example.org)"]
        code, out, err = run(capsys, "geocode", "Qwxyzzgrad", "--online", *agent, *address)
    assert (code, out) == (1, "")
    assert "Qwxyzzgrad" in err
    assert "Traceback" not in err


def test_a_run_that_is_stopped_leaves_nothing(capsys, tmp_path, monkeypatch):
    """Ctrl-C while names are placed ends without a traceback, with the shell's exit code and no half-written file."""

    def stopped(rows, what, _total):
        if what == "placing":
            raise KeyboardInterrupt
        return rows

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(geocode_command, "_watched", stopped)
    Path("names.csv").write_text("toponym\nOslo\n", encoding="utf-8")
    assert run(capsys, "geocode", "names.csv", "-o", "out.csv") == (130, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


def test_a_reader_that_leaves_is_no_fault():
    """Output into a pipe that closes, as head does, ends without a traceback."""
    process = subprocess.Popen(
        [sys.executable, bordermap.__file__, "geocode", *["al-Qaim"] * 20000],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=120) == 0


def test_a_hostile_file_name_cannot_steer_the_terminal(tmp_path, capsys, monkeypatch):
    """A file's name with controls, ends of lines and turned letters is said on one line, by their numbers; so is wrong usage."""
    monkeypatch.chdir(tmp_path)
    name = "a\x1b[2J\nclaims.csv line 1: fake\u202e.csv"
    shown = "a⟨U+001B⟩[2J⟨U+000A⟩claims.csv line 1: fake⟨U+202E⟩.csv"
    (tmp_path / name).write_text("id,date\n1,nonsense\n", encoding="utf-8")
    assert bordermap.main(["import", name, "--into", "new", "--from", "acled"]) == 1
    said = capsys.readouterr().err
    assert shown in said
    assert not {"\x1b", "\u202e"} & set(said)
    with pytest.raises(SystemExit):
        bordermap.main(["export", "html", "-o", "x.html", name])
    assert shown in capsys.readouterr().err
