"""`bordermap read`: formats, what it asks for, and what it refuses."""

import csv
import io
import json

import pytest

import bordermap

TEXT = "On Saturday 2,000 soldiers crossed into Chad. Officials in Chad ruled out sending troops to Libya."
PAGE = (
    "<!DOCTYPE html><html><head><title>Report</title><script>alert('Kenya')</script></head><body><nav>Home</nav>"
    f"<article><h1>Report</h1><p>{TEXT}</p><p>{'The border was quiet for the rest of the day. ' * 5}</p></article>"
    "<script>document.write('soldiers crossed into Kenya')</script></body></html>"
)


@pytest.fixture
def report(tmp_path):
    """Write a report to a file, and give a function that reads it."""

    def run(content, *more, name="report.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return bordermap.main(["read", str(path), "--published", "2023-05-12", *more])

    return run


def test_a_table_tells_each_proposal(report, capsys):
    """The table says of each proposal what, how it is put, when, who, how many, where, and its words."""
    assert report(TEXT) == 0
    shown = capsys.readouterr().out
    assert "report.txt: 2 proposed claims" in shown
    assert "crossing | reported | 2023-05-06 | " in shown
    assert "2,000 (people) | destination Chad" in shown
    assert "deployment | rejected" in shown


def test_jsonl_holds_what_the_scorer_reads(report, capsys):
    """A line of JSON holds article, kind, status, days, counts, and each place with name, position and country."""
    assert report(TEXT, "--format", "jsonl", "--outlet", "The Sahel Post") == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["article"], first["kind"], first["status"]) == ("report.txt", "crossing", "reported")
    assert (first["date_start"], first["date_end"], first["count"]) == ("2023-05-06", "2023-05-06", 2000)
    assert first["destination"]["country"] == "TD"
    assert {"name", "lon", "lat"} <= first["destination"].keys()
    assert first["origin"] is None
    assert first["via"] == "The Sahel Post"
    assert TEXT[first["quote_start"] : first["quote_end"]] == first["quote"]


def test_csv_is_written_whole_to_a_file(report, tmp_path):
    """The CSV has the columns of claims.csv, and the file appears whole."""
    out = tmp_path / "claims.csv"
    assert report(TEXT, "--format", "csv", "-o", str(out)) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["destination_id"] for row in rows] == ["country-td", ""]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == ["claims.csv"]


def test_two_readings_are_the_same_bytes(report, capsys):
    """The same article gives the same bytes each time."""
    report(TEXT, "--format", "jsonl")
    first = capsys.readouterr().out
    report(TEXT, "--format", "jsonl")
    assert capsys.readouterr().out == first


def test_a_page_is_read_without_its_scripts(report, capsys):
    """Of HTML the article is read; what its scripts would write is not."""
    assert report(PAGE, name="report.html") == 0
    shown = capsys.readouterr().out
    assert "destination Chad" in shown
    assert "Kenya" not in shown


def test_standard_input_is_an_article(monkeypatch, capsys):
    """A dash reads the report from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-8"))))
    assert bordermap.main(["read", "-", "--published", "2023-05-12"]) == 0
    assert "standard input: 2 proposed claims" in capsys.readouterr().out


def test_the_day_of_publication_is_asked_for(capsys):
    """Without a day of publication nothing is read and the usage is wrong."""
    with pytest.raises(SystemExit) as stopped:
        bordermap.main(["read", "report.txt"])
    assert stopped.value.code == 2
    assert "--published" in capsys.readouterr().err


FAULTS = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "no letters": (b"12 34 !!", "no text to read"),
    "not text": (bytes(range(256)) * 20, "no text in any encoding"),
    "another language": (
        "Das ist der Bericht der Grenzpolizei, und die Soldaten sind nicht da. " * 5,
        "cannot be read",
    ),
    "another script": ("Солдаты перешли границу в субботу вечером. " * 5, "cannot be read"),
    "a page of scripts": (
        "<html><body><script>var border = 'Chad';</script></body></html>",
        "no text to read",
    ),
    "too large": (b"soldiers and the border " * 300_000, "too large"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_refused_in_a_sentence(fault, report, capsys):
    """Empty, unreadable, foreign and too large reports are each refused with one sentence that names the file."""
    content, why = FAULTS[fault]
    assert report(content) == 1
    told = capsys.readouterr().err
    assert "1 fault" in told
    assert "report.txt: " in told
    assert why in told


def test_all_faults_are_told_at_once(tmp_path, capsys):
    """Two articles that cannot be read give two sentences, and nothing is read."""
    (tmp_path / "empty.txt").write_bytes(b"")
    words = ["read", str(tmp_path / "empty.txt"), str(tmp_path / "missing.txt"), "--published", "2023-05-12"]
    assert bordermap.main(words) == 1
    assert "2 faults" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding, report, capsys):
    """A report in another encoding is read by its mark, or by what makes words of it."""
    text = "The soldiers\u2019 café was at the border. " * 8 + TEXT
    assert report(text.encode(encoding)) == 0
    assert "destination Chad" in capsys.readouterr().out


def test_a_table_steers_no_terminal(report, capsys):
    """What would steer a terminal, or turn a line around, is shown by its number."""
    assert report("The\x1b[31m soldiers\u202e crossed into Chad. " + TEXT) == 0
    shown = capsys.readouterr().out
    assert "U+202E" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize("charset", ["undefined", "idna", "hex"])
def test_a_page_that_names_no_encoding_of_text_is_read(charset, report, capsys):
    """A page whose charset is none by which bytes can be read is read by what makes words of it."""
    page = PAGE.replace("<title>", f"<meta charset={charset}><title>caf\u00e9 ")
    assert report(page.encode("cp1252"), name="report.html") == 0
    assert "destination Chad" in capsys.readouterr().out


def test_a_long_text_is_read_to_its_end(report, capsys):
    """A text of a hundred kilobytes without a movement in it is read to the one at its end."""
    line = "The minister said that it was a fine day for the people of the town.\n"
    assert report(line * (100_000 // len(line)) + TEXT) == 0
    assert "2 proposed claims" in capsys.readouterr().out
