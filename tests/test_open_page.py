"""A page that is open hands out what its reader may have now, whatever it was opened with: spoken to without a browser."""

import datetime as dt
import json
import os
import time

import pytest
from builds_made import built
from collections_made import ON_THE_SEVENTH
from dashboard_server import served
from publication_made import withholding
from streamlit_spoken import event_of, opening, said, spoken

SITE = "site.collections = [{}]"
ALL = ("one", "two", "large")
EVENTS = ({"title": "Okapis cross"}, {"title": "Some cross"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with three collections, the first of which has an event that is withheld later, and a built folder."""
    folder = tmp_path_factory.mktemp("open")
    withholding(folder / "one", claims(""), events=EVENTS)
    withholding(folder / "two", [ON_THE_SEVENTH])
    built(folder / "large", folder / "two", day=dt.date(2024, 12, 20))
    return folder


@pytest.fixture(scope="module")
def address(folder):
    """The address of a dashboard that shows them to everybody, as they are published."""

    def site(_address):
        show(folder, *ALL)
        return folder / "site.toml"

    with served(None, folder / "one", folder / "log", site) as address:
        yield address


@pytest.fixture
def reader(address, folder):
    """A reader to whom the page of the first collection has come up."""
    with spoken(address) as session:
        session.say(opening(""))
        yield session
    show(folder, *ALL)
    withholding(folder / "one", claims(""), events=EVENTS)


def claims(withheld):
    """Give the claims of the first collection."""
    return [ON_THE_SEVENTH | {"withheld": withheld}, ON_THE_SEVENTH | {"event_id": "e2"}]


def seen(session):
    """Give by its name and digest the page that a session's last run has shown."""
    return json.loads(session.shown("bidi_component", "wire")[1].json)["key"]


def show(folder, *names):
    """Let the site show collections."""
    (folder / "site.toml").write_text(SITE.format(", ".join(f'"{name}"' for name in names)))
    os.utime(folder / "site.toml", ns=(time.time_ns(), time.time_ns()))


def take_out(folder):
    """Let the site show the first collection no more."""
    show(folder, "two", "large")


def withhold(folder):
    """Withhold the first collection's first claim, which is all that its event has."""
    withholding(folder / "one", claims("claim"), events=EVENTS)


@pytest.mark.parametrize(("kind", "part"), [("slider", "day"), ("selectbox", "download_format")])
def test_a_collection_that_is_taken_out_is_gone_with_the_next_thing_done(reader, folder, kind, part):
    """The slider and the downloads of an open page have all of it run again, which shows another collection."""
    fragment, _ = reader.shown(kind, part)
    reader.run(fragment)
    assert not reader.has_run_anew()
    take_out(folder)
    reader.run(fragment)
    assert reader.has_run_anew()
    assert seen(reader).startswith("two-")


def test_what_is_withheld_since_is_in_no_download(reader, folder):
    """The downloads are of the edition of now, with its page; a slider that moves what the browser has does not draw it anew."""
    before = seen(reader)
    clock, downloads = (reader.shown(*one)[0] for one in (("slider", "day"), ("selectbox", "download")))
    withhold(folder)
    reader.run(clock)
    assert not reader.has_run_anew()
    reader.run(downloads)
    assert reader.has_run_anew()
    assert seen(reader).startswith("one-")
    assert seen(reader) != before
    reader.run(reader.shown("selectbox", "download")[0])
    assert not reader.has_run_anew()


@pytest.mark.parametrize("change", [take_out, withhold])
def test_a_page_that_was_offered_is_made_for_who_may_have_it_then(reader, folder, change):
    """The download of the page is made at the click, beside the session's runs, and looks again."""
    asked = {"file_id": reader.shown("download_button", "")[1].deferred_file_id}
    operation = {"request_id": "1", "session_id": reader.session, "deferred_file": asked}
    for _ in range(2):
        assert handed_out(reader, operation).deferred_file.url
    change(folder)
    answer = handed_out(reader, operation)
    assert (answer.deferred_file.url, answer.error_msg) == ("", "Failed to generate file for download")


def handed_out(session, operation):
    """Ask for an operation; give the answer."""
    message = said(backend_operation_request=operation)
    return session.ask(message, until="backend_operation_response")[-1].backend_operation_response


@pytest.mark.usefixtures("reader")  # after which all is as it was
def test_a_large_set_that_is_taken_out_answers_no_more(address, folder):
    """What its page asks is answered from the files at each time, so it is looked at each time who may hear it."""
    with spoken(address) as other:
        other.say(opening("", "collection=large"))
        fragment, component = other.shown("bidi_component", "asks")
        asked = event_of(component, "asked", {"key": seen(other), "id": "1", "ask": {}})
        other.run(fragment, **asked)
        assert "totals" in json.loads(other.shown("bidi_component", "asks")[1].json)["answer"]
        show(folder, "one", "two")
        other.run(fragment, **asked)
        assert other.has_run_anew()
        assert seen(other).startswith("one-")
        assert '"answer"' not in str(other.told)


def test_nobody_is_heard_who_asks_what_is_not_for_visitors(reader):
    """What empties the caches of all, tells of the server's files or changes how it runs is not answered; a sign of life is."""
    alive = said(app_heartbeat=True)
    reader.ask(alive, until="heartbeat_ack")  # with what was still to be told of the run
    unheard = [said(**{one: True}) for one in ("clear_cache", "load_git_info", "set_run_on_save")]
    assert len(reader.ask(*unheard, alive, until="heartbeat_ack")) == 1
