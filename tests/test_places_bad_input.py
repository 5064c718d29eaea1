"""Strings that break programs, as names of places: each is folded, read and geocoded without an error, honestly."""
# ruff: noqa: RUF001 - letters that look alike are its business

import csv
import io
import json
import random
import sys
import unicodedata

import pytest

import bordermap
from geo.errors import BordermapError
from geo.files.geocode_files import ADDED, geocode_csv
from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from geo.online.answers import Answers
from geo.phrases import parse
from geo.toponyms import fold, plain, words
from geo.unseen import visible

GROUP = 50
UNSEEN = (
    "\u202e",
    "\u202b",
    "\u2066",
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\x00",
    "\x07",
    "\x1b",
)
"""Characters that no reader sees: overrides of direction, zero-width ones, a soft hyphen, controls."""

HOSTILE = (
    *("", " ", "\t\n\r", "\u00a0\u2003\u3000", "".join(UNSEEN), "\ufffd", "\ufffe"),
    *("a" * 10_000, "Narva" * 2_000, "Narva " * 2_000, "Narva, " * 2_000, "1" * 10_000, "-" * 10_000),
    *(
        "north of " * 1_500 + "Narva",
        "between Narva and " * 600 + "Tartu",
        "20 km " * 1_600 + "east of Narva",
    ),
    *("from Narva to " * 800, " of the" * 1_500, "St. " * 2_500, "al-" * 3_000 + "Narva", "ال" * 5_000),
    *(
        "(" * 10_000,
        "[" * 10_000,
        "'" * 10_000,
        "é\u0301" * 5_000,
        "Z" + "\u0353" * 10_000,
        "\U0001f3f3" * 2_500,
    ),
    *("\ud800", "\udfff\ud800", "Nar\ud800va", "\udcff"),
    *("Nаrvа", "Нarva", "نarva", "Νarva", "ＮＡＲＶＡ１", "𝐍𝐚𝐫𝐯𝐚𝟏", "narva\u0430\u0627\u03b1"),
    *(
        "../../etc/passwd",
        "${jndi:x}",
        "%s%n",
        "{0}",
        "=1+1",
        "'; DROP TABLE places; --",
        "<script>alert(1)</script>",
    ),
)
"""No reader would find a place in these, or not more than the one that is written there again and again."""

SCRIPTS = (
    "abcdefghijklmnop",
    "ÀÉîõüçğışñ",
    "абвгдежзий",
    "αβγδεζηθ",
    "ابتثجحخدذرزسش",
    "אבגדהוז",
    "日本語地名",
    "กขคง",
)
JOINTS = (" ", "-", "'", "’", ", ", ".", "/", "", "", "\n", *UNSEEN)

TRULY_PLACES = {
    "None": "a town in Italy",
    "nil": "the Nile in many languages",
    "NIL": "the same in capitals",
    "NaN": "a town in Thailand",
    "mocha": "a port in Yemen",
    "울란바토르": "Ulan Bator in Korean",
}
"""Naughty strings that are names of places all the same."""


def mixed_strings(count):
    """Make strings of letters, marks and joints from several scripts, the same each time."""
    chance = random.Random(20241207)  # noqa: S311 - no secret
    marks = [chr(code) for code in range(0x300, 0x340)]
    for _ in range(count):
        parts = []
        for _ in range(chance.randint(1, 6)):
            letters = chance.choice(SCRIPTS)
            parts.append("".join(chance.choice(letters) for _ in range(chance.randint(1, 8))))
            parts.append(chance.choice(marks) if chance.random() < 0.2 else chance.choice(JOINTS))
        yield "".join(parts)


@pytest.fixture(scope="module")
def naughty(bad_inputs):
    """Give the strings that are known to break programs."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    return strings


@pytest.fixture(scope="module")
def geocoder():
    """Give the geocoder as the command line has it, with the world's places."""
    return Offline(Gazetteer.read())


def in_groups(geocoder, names):
    """Geocode names as documents of fifty."""
    return [
        match
        for start in range(0, len(names), GROUP)
        for match in geocoder.geocode(names[start : start + GROUP])
    ]


# ---- spelling and phrases


def assert_folded(name):
    """Hold what folding makes of a string to what the keys of an index must be."""
    key = fold(name)
    assert key == "".join(words(name))
    for folded in (key, plain(name), *words(name)):
        assert all(character.isprintable() for character in folded), ascii(name)
        assert folded == folded.strip()
        assert folded.isascii() or not any(map(unicodedata.combining, folded)), ascii(name)
    assert (key == "") == (plain(name) == ""), ascii(name)


@pytest.mark.parametrize("name", [*HOSTILE, *mixed_strings(500)], ids=lambda name: ascii(name)[:40])
def test_any_string_is_folded(name):
    """Whatever is written has a key of letters and digits that can be seen, or none."""
    assert_folded(name)


def test_every_naughty_string_is_folded(naughty):
    """The strings known to break programs are folded as any other."""
    for name in naughty:
        assert_folded(name)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_does_not_count(unseen):
    """A name that looks the same is the same, whatever lies hidden in it."""
    for name in ("Narva", "Ciudad Juárez", "نوى"):
        hidden = f"{unseen}{unseen.join(name)}{unseen}"
        assert (plain(hidden), words(hidden), fold(hidden)) == (plain(name), words(name), fold(name))


def test_any_string_is_read_as_a_phrase_or_not(naughty):
    """A phrase names what stands in it and nothing else; all other strings are none."""
    for text in (*naughty, *HOSTILE, *mixed_strings(500)):
        phrase = parse(text)
        for name in phrase.names if phrase else ():
            assert name.strip(), ascii(text)
            assert len(name) <= len(text)


# ---- geocoding


def assert_honest(name, match):
    """Hold an answer to what every answer must be."""
    assert match.toponym == name
    assert match.told
    assert match.place is None or match.place in match.candidates
    for place in match.candidates:
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90


@pytest.mark.parametrize("one_by_one", [True, False], ids=["one by one", "in groups"])
def test_naughty_strings_are_no_places(geocoder, naughty, one_by_one):
    """Each gets an answer, and no place but the few that are names; neither alone nor among fifty others."""
    matches = (
        [geocoder.geocode([name])[0] for name in naughty] if one_by_one else in_groups(geocoder, naughty)
    )
    for name, match in zip(naughty, matches, strict=True):
        assert_honest(name, match)
    placed = {match.toponym: match.place.name for match in matches if match.place}
    assert {name: place for name, place in placed.items() if name not in TRULY_PLACES} == {}


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:40])
def test_a_hostile_name_has_an_honest_answer(geocoder, name):
    """Empty, endless, invisible and mixed names are answered; what is long or empty has no place."""
    (match,) = geocoder.geocode([name])
    assert_honest(name, match)
    if len(name) > 1000 or not plain(name):
        assert match.place is None


def test_hostile_names_do_not_hide_their_neighbours(geocoder):
    """In one document with all of them, a plain name is found as it is without them."""
    names = [*HOSTILE, "Narva", "Tartu"]
    matches = geocoder.geocode(names)
    assert [match.toponym for match in matches] == names
    assert [match.place.country for match in matches[-2:]] == ["EE", "EE"]


def test_mixed_scripts_are_answered_alike_each_time(geocoder):
    """Names of letters from several scripts have the same honest answer twice, though the order of sets may differ."""
    names = list(mixed_strings(300))
    matches = in_groups(geocoder, names)
    for name, match in zip(names, matches, strict=True):
        assert_honest(name, match)
    assert in_groups(Offline(Gazetteer.read()), names) == matches


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_a_name_is_found_whatever_lies_hidden_in_it(geocoder, unseen):
    """An override of direction or a control character in a name does not change its place."""
    (bare, hidden) = (geocoder.geocode([name])[0] for name in ("Narva", f"{unseen}Nar{unseen}va"))
    assert bare.place is not None
    assert hidden.place == bare.place


# ---- the command line


def test_no_name_gets_to_the_terminal_as_it_is(capsys, naughty):
    """The table of hostile names is whole, and holds no character that a terminal would obey; letters may be joined."""
    names = [name for name in (*naughty, *HOSTILE) if name != "-"]  # which is standard input
    assert bordermap.main(["geocode", "--", *names]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert len(said.out.splitlines()) > len(names)
    assert visible(said.out) == said.out
    assert not {"\t", "\r"} & set(said.out)


def test_every_cell_comes_back_as_it_was_written(geocoder, naughty, tmp_path):
    """A CSV of hostile names keeps each of them letter for letter, and gains its answer."""
    names = [name for name in (*naughty, *HOSTILE) if name.isprintable() or not set(name) & NOT_IN_CSV]
    path, out = tmp_path / "names.csv", tmp_path / "placed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["doc", "toponym"], *([number % 7, name] for number, name in enumerate(names))]
        )
    geocode_csv(path, out, geocoder, group="doc")
    with out.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["doc", "toponym", *ADDED]
    assert [row[1] for row in rows] == names
    assert all(row[header.index("match")] for row in rows)


NOT_IN_CSV = {"\0", *map(chr, range(0xD800, 0xE000))}
"""No text of a UTF-8 file."""

FILES = [
    # bytes, part of what is told
    (b"name\nNarva\n", "toponym"),
    (b"", "is empty"),
    (b'toponym\n"Narva\n', "line 2: is not CSV"),
    (b'toponym\n"Nar"va\n', "line 2: is not CSV"),
    ("\ufefftoponym\nNarva\n".encode("utf-16-le"), "is UTF-16, not UTF-8"),
    ("\ufefftoponym\nNarva\n".encode("utf-16-be"), "is UTF-16, not UTF-8"),
    ("toponym\nNarva\n".encode("utf-16-le"), "is no byte of text"),
    (b"toponym\nN\xe4rva\n", "line 2: 'e4' is not UTF-8"),
    (b"toponym,doc\nNarva\n", "line 2: has 1 cells where the header has 2"),
    (b"toponym,toponym\nNarva,Tartu\n", "'toponym'"),
]


@pytest.mark.parametrize(("data", "told"), FILES)
@pytest.mark.parametrize("piped", [False, True], ids=["file", "standard input"])
def test_a_csv_that_cannot_be_read_is_told(capsys, monkeypatch, tmp_path, data, told, piped):
    """Broken files exit 1 with what is wrong and where, and write nothing; so does what is piped in."""
    path, out = tmp_path / "names.csv", tmp_path / "placed.csv"
    path.write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert bordermap.main(["geocode", "-" if piped else str(path), "-o", str(out)]) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


CORRUPT = (b"no database", b"SQLite format 3\0" + b"\xff" * 4096, "\ufeffUTF-16".encode("utf-16-le"))


@pytest.mark.parametrize("data", CORRUPT, ids=ascii)
def test_a_corrupt_cache_is_told_and_left(tmp_path, data):
    """A file of kept answers that is none is named with what to do, and not a byte of it is lost."""
    path = tmp_path / "answers.sqlite"
    path.write_bytes(data)
    with pytest.raises(BordermapError, match=r"answers\.sqlite"):
        Answers(path)
    assert path.read_bytes() == data
