"""site.toml: what an operator says of a dashboard, read whole or refused with all of its faults."""

import json
import logging
import os
import re
from pathlib import Path

import pytest

import bordermap
from dashboard.followed import site
from dashboard.site import VARIABLE, People, Site, is_loopback
from dashboard.sitefile import read_site
from geo.errors import FaultsError

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there
SIGN_IN = """\
[signin]
client_id = "bordermap"
client_secret = "of-the-provider"
server_metadata_url = "https://id.example.org/.well-known/openid-configuration"
"""
WHOLE = f"""\
[site]
address = "0.0.0.0"
port = 9000
url = "https://map.example.org/"
collections = ["store:mine", "tiny"]
public = true
upload_mb = 20

[reading]
open = false
people = ["anna@example.org", "*@newsroom.example"]

[reviewing]
claims = {{ groups = ["editors", "desk"], role = "chief" }}

{SIGN_IN}hours = 8
cookie_secret = "{"0123456789abcdef" * 4}"
"""


def written(folder, text):
    """Write a site file."""
    file = folder / "site.toml"
    file.write_text(text, encoding="utf-8")
    return file


def faults_of(folder, text):
    """Give the faults of a site file as their sentences."""
    with pytest.raises(FaultsError) as told:
        read_site(written(folder, text))
    return [str(fault) for fault in told.value.faults]


def test_a_whole_file_says_all(tmp_path):
    """Each key is taken as it is meant; a folder is told from the file's own place, a secret from its text."""
    (tmp_path / "tiny").mkdir()
    read = read_site(written(tmp_path, WHOLE))
    assert (read.address, read.port, read.url) == (EVERYWHERE, 9000, "https://map.example.org")
    assert (read.public, read.upload_mb, read.open) == (True, 20, False)
    assert read.collections == ("store:mine", str(tmp_path / "tiny"))
    assert read.readers == People(("anna@example.org", "*@newsroom.example"))
    assert read.reviewers == People((), (("groups", ("editors", "desk")), ("role", ("chief",))))
    assert read.secrets()["auth"]["redirect_uri"] == "https://map.example.org/oauth2callback"
    assert read.options()["server.maxUploadSize"] == 20
    assert read.signin.hours == 8


def test_an_empty_file_is_read_by_all_and_reviewed_by_nobody(tmp_path):
    """What is left out is as safe as it can be: this machine alone, nobody who reviews, no fault's details."""
    read = read_site(written(tmp_path, ""))
    assert read == Site()
    assert read.public
    assert (read.address, read.open, read.reviewers, read.secrets()) == (
        "127.0.0.1",
        True,
        People(),
        {"auth": {}},
    )
    assert read.options()["client.showErrorDetails"] == "none"
    assert read.told()[2].endswith("all of the store, as they are published")
    whole = read_site(written(tmp_path, "site.public = false"))
    assert whole.told()[2].endswith(", whole, with what they withhold")
    assert read.told()[:2] == ["read by everyone who reaches it", "reviewed by nobody: no [reviewing]"]


def test_secrets_come_from_files_and_are_shown_nowhere(tmp_path):
    """A secret may stand in a file beside; no representation of the site, and no fault, holds one."""
    (tmp_path / "secret").write_text("hidden-client\n")
    text = SIGN_IN.replace('client_secret = "of-the-provider"', 'client_secret_file = "secret"')
    text = f'[site]\nurl = "https://a.example"\n{text}'
    read = read_site(written(tmp_path, text))
    assert read.secrets()["auth"]["client_secret"].startswith("hidden-client")
    assert len(read.signin.cookie_secret) == 64
    assert read_site(written(tmp_path, text)).signin.cookie_secret != read.signin.cookie_secret
    assert not [
        secret for secret in (read.signin.client_secret, read.signin.cookie_secret) if secret in repr(read)
    ]
    told = faults_of(
        tmp_path, f'{text}client_secret = "hidden-client"\ncookie_secret = "hidden-short"\nodd = "hidden-odd"'
    )
    assert "hidden" not in "\n".join(told)
    assert [line.split(" line ")[0] for line in told] == ["site.toml"] * 3


FAULTS = [
    ("[sites]\n", ["line 1: sites is not known; use site, reading, reviewing, signin"]),
    ("[site]\nadress = 'x'\n", ["line 2: site.adress is not known"]),
    (
        "[site]\naddress = 'map.example.org'\n",
        ["line 2: site.address 'map.example.org' is not an IP address"],
    ),
    (
        "[site]\nport = 70000\n",
        ["line 2: site.port 70000 is not a number that fits; write one from 1 to 65535"],
    ),
    ("[site]\nport = true\n", ["site.port true is not a number that fits"]),
    ("[site]\nupload_mb = '5'\n", ["site.upload_mb '5' is not a number that fits"]),
    ("[site]\ncollections = [1, 'a']\n", ["site.collections [1, 'a'] is not a list of texts"]),
    ("[site]\ncollections = ['']\n", ["site.collections [''] has an empty text"]),
    ("[site]\npublic = 'yes'\n", ["site.public 'yes' is neither true nor false"]),
    ("[site]\nurl = 'http://map.example.org'\n", ["is not encrypted"]),
    ("[site]\nurl = 'https://map.example.org/bordermap'\n", ["has a path"]),
    ("[site]\nurl = 'http://map.example.org/sub?x'\n", ["is not encrypted", "has a path"]),
    ("[site]\nurl = 'https://anna:hidden@map.example.org'\n", ["line 2: site.url is not a web address"]),
    ("[site]\nurl = 'ftp://map.example.org'\n", ["is not a web address"]),
    ("[site]\ncollections = []\n", ["site.collections is empty"]),
    ("[site]\ncollections = ['a', 'a']\n", ["site.collections 'a' is named twice"]),
    ("site = 3\n", ["site 3 is not a table"]),
    ("[reading]\nopen = false\n", ["reading is not open, and names nobody", "signin is missing"]),
    ("[reading]\npeople = ['a@b.example']\n", ["names people, and is open to all"]),
    ("[reviewing]\n", ["line 1: reviewing names nobody", "signin is missing"]),
    (
        "[reviewing]\npeople = ['*']\n",
        ["line 2: reviewing.people '*' is no e-mail address", "signin is missing"],
    ),
    *(
        (f"[reviewing]\npeople = ['{one}']\n", [f"'{one}' is no e-mail address", "signin is missing"])
        for one in ("*@*", "*@x", "*@x.")
    ),
    ("[reviewing]\nclaims = 'editors'\n", ["'editors' is not a table of claims", "signin is missing"]),
    (
        "[reviewing]\nclaims = { groups = [] }\n",
        ["reviewing.claims.groups [] is not a list of texts", "signin is missing"],
    ),
    *(
        (
            f"[reviewing]\nclaims = {{ '{name}' = ['x'] }}\n",
            [f"claims.{name} is what people", "signin is missing"],
        )
        for name in ("email", "preferred_username", "name", "upn", "nickname", "userinfo.email")
    ),
    ("[reading]\nopen = false\nclaims = { email = 'x' }\n", ["as reading.people", "signin is missing"]),
    (
        "[signin]\n",
        ["client_id is missing", "server_metadata_url is missing", "client_secret is missing", "site.url"],
    ),
    (f"{SIGN_IN}cookie_secret = 'short'\n[site]\nurl='https://a.example'\n", ["has under 32 characters"]),
    (
        f"{SIGN_IN}cookie_secret_file = 'none'\n[site]\nurl='https://a.example'\n",
        ["cannot be read, or is empty"],
    ),
    *(
        (
            SIGN_IN.replace(f'{key} = "{value}"', f"{key} = '{blank}'") + "[site]\nurl='https://a.example'\n",
            [f"signin.{key} is empty; write its text between the quotation marks"],
        )
        for key, value, blank in (("client_id", "bordermap", ""), ("client_secret", "of-the-provider", " "))
    ),
    ("[site\n", ["line 1: is not TOML"]),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_all_faults_are_told_with_key_value_and_what_to_do(tmp_path, text, said):
    """Each fault says its line, key and value and what to write; a reader that is not open to all names somebody."""
    told = faults_of(tmp_path, text)
    assert len(told) == len(said)
    assert [one for one in said if not any(one in line for line in told)] == []
    assert [line for line in told if "; " not in line] == []


@pytest.mark.parametrize(("named", "why"), [("none.toml", "is missing"), (".", "is a folder")])
def test_what_is_no_file_is_told_by_the_name_that_was_given(tmp_path, monkeypatch, named, why):
    """Nothing is served under rules that cannot be read, and no folder is told that nobody has named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FaultsError) as told:
        read_site(Path(named))
    assert [str(fault) for fault in told.value.faults] == [
        f"{named}: {why}; name a site file, as docs/sharing.md shows one"
    ]


LOOPBACK = [
    *(("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("LocalHost.", True)),
    *((EVERYWHERE, False), ("::", False), ("10.0.0.1", False), ("localhost.example.org", False), ("", False)),
    *(("127.0.0.1.example.org", False), ("2130706433", False), ("0x7f.1", False)),
]


@pytest.mark.parametrize(("host", "is_one"), LOOPBACK)
def test_a_loopback_is_known_by_its_plain_name_alone(host, is_one):
    """Only what no other machine can be is this one; names that begin or look like it are others."""
    assert is_loopback(host) is is_one


def changed(file, text):
    """Write a site file again, so that it is seen to be another."""
    file.write_text(text, encoding="utf-8")
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))


def test_a_change_of_the_file_holds_at_once_and_a_fault_lets_nobody_review(tmp_path, monkeypatch, caplog):
    """A reviewer who is taken out is none at the next look; a file with faults stops all reviewing and is told in the log."""
    file = written(tmp_path, WHOLE)
    monkeypatch.setenv(VARIABLE, str(file))
    first = site()
    changed(file, WHOLE.replace('"editors", "desk"', '"desk"').replace("port = 9000", "port = 9001"))
    assert site().reviewers.claims[0] == ("groups", ("desk",))
    assert (site().port, site().signin) == (9000, first.signin)  # the server has not been started anew
    changed(file, WHOLE.replace("port = 9000", "port = 'x'").replace("public = true", "public = 1"))
    with caplog.at_level(logging.ERROR):
        assert (site().reviewers, site().readers) == (People(), first.readers)
    head, *told, last = (one.getMessage() for one in caplog.records)  # a record for each fault
    assert head.startswith("2 faults, nothing was read")
    assert [line.split()[3] for line in told] == ["site.port", "site.public"]
    assert last == "until that is mended nobody reviews"
    changed(file, WHOLE)
    assert site() == first


def test_without_the_variable_there_is_no_site(monkeypatch):
    """A dashboard of which nothing is said is its user's own."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert site() is None


# ---- bordermap serve


SHARING = Path(__file__).parents[1] / "docs" / "sharing.md"


def serve(monkeypatch, *words):
    """Run `bordermap serve`; give its code, and the environment and words that the server would be started with."""
    started = []
    monkeypatch.chdir(Path.cwd())
    monkeypatch.setenv("BORDERMAP_COLLECTION", "")
    monkeypatch.setattr(os, "execv", lambda _, words: started.append((dict(os.environ), words[3:])))
    return bordermap.main(["serve", *words]), *(started or [({}, [])])[0]


def test_the_site_file_of_the_documents_is_read_and_served(tmp_path, monkeypatch, capsys):
    """What docs/sharing.md shows is a site file without faults, and its command starts it and says what is offered to whom."""
    text = re.search(r"```toml\n(.*?)```", SHARING.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "collection.toml").touch()
    for name in ("client-secret", "cookie-secret"):
        (tmp_path / name).write_text("0" * 64)
    file = written(tmp_path, text.replace('"store:mine", ', ""))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "")
    code, environment, words = serve(monkeypatch, "--site", "site.toml")
    assert (code, environment[VARIABLE], words) == (0, str(file), [])
    said = capsys.readouterr().err
    assert "read by anna@example.org, *@newsroom.example, people with groups desk, and by reviewers" in said
    assert "reviewed by rita@example.org, people with groups editors" in said
    assert "0000" not in said


def test_an_address_for_others_without_a_site_file_is_told_to_be_for_reading(monkeypatch, capsys):
    """Who opens the dashboard to a network is told that nobody reviews there."""
    monkeypatch.setenv(VARIABLE, "")
    code, _, words = serve(monkeypatch, "--address", EVERYWHERE)
    assert (code, words) == (0, ["--server.port", "8501", "--server.address", EVERYWHERE])
    said = capsys.readouterr().err
    assert "reviewed by nobody" in said
    assert "collections: as they are published" in said
    assert serve(monkeypatch)[0] == 0
    assert capsys.readouterr().err == ""


WRONG = [
    ("[site]\nport = 0\n", [], "site.port 0 is not a number"),
    ("[site]\ncollections = ['store:']\n", [], "'store:' cannot be shown: it is no collection's name"),
    ("[site]\ncollections = ['.']\n", [], "cannot be shown: it is a folder without collection.toml; name"),
    ("", ["--collection", "x"], "goes with no site file"),
    (
        "[site]\ncollections = ['nowhere', 'neither']\n[reading]\nopen = 'yes'\n",
        [],
        (
            "3 faults, nothing was read:\n"
            "site.toml line 4: reading.open 'yes' is neither true nor false; write true or false\n"
            "site.toml line 2: site.collections 'nowhere' cannot be shown: it is neither a shipped collection"
        ),
    ),
]


@pytest.mark.parametrize(("text", "more", "said"), WRONG)
def test_a_site_that_cannot_be_served_is_not_started(tmp_path, monkeypatch, capsys, text, more, said):
    """Faults, a collection that is not there and one that is named beside the file end the command with a sentence."""
    code, _, words = serve(monkeypatch, "--site", str(written(tmp_path, text)), *more)
    assert (code, words) == (1, [])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("site.collections = ['whole']", [], 1),
        ("site = { collections = ['whole'], public = false }", [], 0),
        ("site = { collections = ['whole'], public = false }", ["--public"], 1),
        (None, ["--public"], 1),
        (None, ["--address", EVERYWHERE], 1),
        (None, [], 0),
    ],
)
def test_a_folder_built_whole_is_not_served_where_editions_are_shown(
    tmp_path, monkeypatch, capsys, text, more, code
):
    """The server does not start to say later, or in its log alone, that it cannot be shown."""
    said = {"format": 1, "bordermap": "1", "plan": {}, "files": {}, "missing": []}
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "manifest.json").write_text(json.dumps(said))
    for name in (VARIABLE, "BORDERMAP_PUBLIC"):
        monkeypatch.setenv(name, "")
    named = ["--collection", str(tmp_path / "whole")]
    if text is not None:
        named = ["--site", str(written(tmp_path, text))]
    assert serve(monkeypatch, *named, *more)[0] == code
    assert ("build it anew with bordermap build --public" in capsys.readouterr().err) == bool(code)
