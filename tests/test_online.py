import gc
import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location
from nominatim_made import NominatimMade, Reply, Time, online, result

from geo.errors import (
    BordermapError,
    LimitedError,
    RefusedError,
    ServiceDownError,
    UnreadableAnswerError,
)
from geo.matches import How, Match
from geo.online import pace
from geo.online.answers import Answers
from geo.online.asking import Service
from geo.online.geocoder import LONGEST_TOPONYM, Online, in_turn, nominatim
from geo.online.nominatim import nominatim_service


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    """Forget the paces, as a new process does, and ask no proxy."""
    monkeypatch.setattr(pace, "_PACES", {})
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def time():
    """Give a clock that only waiting moves."""
    return Time()


@pytest.fixture
def server():
    """Give a Nominatim that knows no place until a test tells it."""
    with NominatimMade() as made:
        yield made


@pytest.fixture
def answers(tmp_path):
    """Give a new file of kept answers."""
    with Answers(tmp_path / "answers.sqlite") as kept:
        yield kept


# ---- what is sent


def test_a_question_is_sent_as_the_policy_and_geopy_want_it(server, time):
    """The request carries the user agent, the countries in small letters and the box as west, south, east, north."""
    asking = online(server, time, viewbox=(5.9, 45.8, 10.5, 47.8), language="fr")
    asking.geocode([" Zer\u202ematt \x00\n Dorf "], countries=["CH", "at", "CH"])
    first, then = server.asked
    assert first.path == "/search"
    assert first.user_agent == "alpine-atlas tests (maps@example.org)"
    wanted = {
        "q": "Zermatt Dorf",
        "format": "json",
        "limit": "10",
        "viewbox": "5.9,45.8,10.5,47.8",
        "addressdetails": "1",
        "namedetails": "1",
        "accept-language": "fr",
    }
    assert first.query == wanted | {"countrycodes": "at,ch"}
    assert then.query == wanted


def test_making_a_geocoder_asks_nothing(server, time):
    """Not before a name is geocoded is anything sent."""
    online(server, time)
    assert server.asked == []


def test_a_place_found_in_the_countries_is_not_looked_for_in_the_world(server, time):
    """What the countries hold is enough, and is said to be chosen by context."""
    server.replies = [[result()]]
    (match,) = online(server, time).geocode(["Zermatt"], countries=["CH"])
    assert (match.place.name, match.told) == ("Zermatt", "online, by context")
    assert len(server.asked) == 1


def test_what_the_countries_do_not_hold_is_looked_for_in_the_world(server, time):
    """A document about some countries may name a town of another."""
    server.replies = [[], [result("Lyon", "4.83", "45.76", tag="place=city", address={"country_code": "fr"})]]
    (match,) = online(server, time).geocode(["Lyon"], countries=["CH"])
    assert (match.place.country, match.told) == ("FR", "online")


def test_a_place_of_another_kind_is_no_answer_while_the_world_may_have_one(server, time):
    """A crossing that was said is looked for on, and where only a town is found, none is given."""
    town = result("Brig", namedetails={"name": "Brig"})
    server.replies = [[town], []]
    (match,) = online(server, time).geocode(["Brieg crossing"], countries=["CH"])
    assert (match.how, match.place, [each.name for each in match.candidates]) == (
        How.OTHER_KIND,
        None,
        ["Brig"],
    )
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "toponym",
    ["", "   ", "---", "\x00\x1b", "\u202e\u200b", "\ud800", "x" * (LONGEST_TOPONYM + 1), "\n" * 10_000],
)
def test_what_is_no_name_is_unknown_without_being_sent(server, time, toponym):
    """Without a letter or digit, or longer than any name, nothing is asked."""
    assert online(server, time).geocode([toponym]) == [Match(toponym, None, (), How.UNKNOWN)]
    assert server.asked == []


def test_no_string_breaks_it(server, time, bad_inputs):
    """Strings known to break programs are unknown names, whatever is in them."""
    strings = json.loads((bad_inputs / "strings" / "naughty.json").read_text(encoding="utf-8"))
    matches = online(server, time).geocode(strings)
    assert [match.toponym for match in matches] == strings
    assert {match.how for match in matches} == {How.UNKNOWN}


@pytest.mark.parametrize("code", ["Switzerland", "C", "", "C1", "CH,AT", "CH\n"])
def test_a_country_is_a_code_of_two_letters(server, time, code):
    """Anything else is refused before a request."""
    with pytest.raises(BordermapError, match="is no code of two letters"):
        online(server, time).geocode(["Zermatt"], countries=["AT", code])
    assert server.asked == []


@pytest.mark.parametrize(
    "viewbox",
    [
        (10.5, 45.8, 5.9, 47.8),
        (5.9, 47.8, 10.5, 45.8),
        (-181, 0, 0, 1),
        (0, 0, 1, 91),
        (0, 0, float("nan"), 1),
    ],
)
def test_a_viewbox_is_west_south_east_north(server, time, viewbox):
    """Turned round or off the globe it is refused."""
    with pytest.raises(BordermapError, match="is not west, south, east, north"):
        online(server, time, viewbox=viewbox)


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "  ",
        "...",
        "geopy/2.5.0",
        "Mozilla/5.0",
        "python-requests/2.32",
        "my-application",
        "a\r\nb",
        "Карта",
    ],
)
def test_a_user_agent_says_who_asks(user_agent):
    """Nothing, a library's own name, a browser's, an example's and what no header holds are refused."""
    with pytest.raises(BordermapError, match="does not say who asks"):
        nominatim(user_agent)


@pytest.mark.parametrize(
    "address",
    [
        {"domain": "https://nominatim.example"},
        {"domain": ""},
        {"domain": "a b"},
        {"scheme": "ftp"},
        {"timeout": 0},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
    ],
)
def test_an_address_is_checked_before_it_is_asked(address):
    """A domain with its scheme, an unknown scheme and a timeout without end are refused."""
    with pytest.raises(BordermapError, match=r"is no number of seconds|are no address of a service"):
        nominatim("alpine-atlas (maps@example.org)", **address)


def test_an_asynchronous_geocoder_is_a_mistake():
    """What cannot be waited for is refused at once."""

    class Later:
        adapter = object()

    with pytest.raises(TypeError, match="asynchronous"):
        Online(Later())


def test_importing_opens_no_socket():
    """The module can be imported where no socket can be made."""
    code = (
        "import socket\n"
        "def no(*args, **more): raise AssertionError('a socket')\n"
        "socket.socket.__init__ = no\n"
        "import geo.online.geocoder\n"
        "geo.online.geocoder.nominatim('alpine-atlas (maps@example.org)')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603 - our own


# ---- the pace


def test_one_request_a_second(server, time):
    """Each request waits until a second has gone by since the one before."""
    online(server, time).geocode(["Zermatt", "Brig", "Visp"])
    assert time.waits == [1.0, 1.0]


def test_time_that_has_gone_by_is_not_waited_for(server, time):
    """Only what is left of the second is waited."""
    asking = online(server, time)
    asking.geocode(["Zermatt"])
    time.now += 0.75
    asking.geocode(["Brig"])
    time.now += 5
    asking.geocode(["Visp"])
    assert time.waits == [0.25]


def test_the_pace_is_the_services_not_the_geocoders(server, time):
    """Two geocoders of one service share its second; another service has its own."""
    with NominatimMade() as other:
        online(server, time).geocode(["Zermatt"])
        online(other, time).geocode(["Zermatt"])
        assert time.waits == []
        online(server, time).geocode(["Brig"])
        assert time.waits == [1.0]


@pytest.mark.parametrize(
    "written", ["Nominatim.Example.org", "nominatim.example.org.", "nominatim.example.org:443/maps"]
)
def test_one_service_has_one_pace_however_its_host_is_written(written):
    """A host is the same in any case, with the root's point, with its usual port and with a folder."""
    one, other = (
        Service(nominatim_service("alpine-atlas", domain=domain)).pace
        for domain in ("nominatim.example.org", written)
    )
    assert one is other


def test_threads_take_turns_and_ask_the_same_once(server, time, answers):
    """Eight threads with one name and one of their own send nine requests, each a second after another."""
    server.by_name = {"Zermatt": [result()]}
    asking = online(server, time, answers)
    found = []

    def ask(own):
        found.extend(asking.geocode(["Zermatt", own]))

    threads = [threading.Thread(target=ask, args=(f"Weiler {letter}",)) for letter in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert sorted(server.names()) == sorted(["Zermatt", *(f"Weiler {letter}" for letter in "abcdefgh")])
    assert time.waits == [1.0] * 8


# ---- what is kept


def test_the_same_question_is_asked_once(server, time, answers, tmp_path):
    """Not again in one call, in another call, or by another process with the same file."""
    server.replies = [[result()]]
    first = online(server, time, answers).geocode(["Zermatt", " Zermatt", "Zermatt "])
    with Answers(tmp_path / "answers.sqlite") as again:
        (then,) = online(server, time, again).geocode(["Zermatt"])
    assert server.names() == ["Zermatt"]
    assert first[0] == then
    assert [match.toponym for match in first] == ["Zermatt", " Zermatt", "Zermatt "]


def test_what_differs_is_another_question(server, time, answers):
    """Other countries, another view, language or service is asked anew."""
    with NominatimMade() as other:
        online(server, time, answers).geocode(["Zermatt"])
        online(server, time, answers, viewbox=(5, 45, 10, 47)).geocode(["Zermatt"])
        online(server, time, answers, language="fr").geocode(["Zermatt"])
        online(other, time, answers).geocode(["Zermatt"])
        online(server, time, answers).geocode(["Zermatt"], countries=["CH"])
        assert (len(server.asked), len(other.asked)) == (4, 1)


def test_without_a_file_answers_are_kept_in_memory(server, time):
    """A geocoder without a file asks once too, and lets go of its memory quietly."""
    asking = online(server, time)
    asking.geocode(["Zermatt"])
    asking.geocode(["Zermatt"])
    assert len(server.asked) == 1
    del asking
    gc.collect()


def test_an_old_answer_is_asked_anew(server, time, tmp_path):
    """An answer holds for its days, "no such place" for fewer."""
    day = [datetime(2026, 11, 23, tzinfo=UTC)]
    server.by_name = {"Zermatt": [result()]}
    with Answers(tmp_path / "a", max_age_days=100, no_place_days=10, now=lambda: day[0]) as kept:
        asking = online(server, time, kept)
        asking.geocode(["Zermatt", "Nowhere"])
        day[0] += timedelta(days=10)
        asking.geocode(["Zermatt", "Nowhere"])
        assert server.names() == ["Zermatt", "Nowhere"]
        day[0] += timedelta(days=1)
        asking.geocode(["Zermatt", "Nowhere"])
        assert server.names()[2:] == ["Nowhere"]
        day[0] += timedelta(days=90)
        (match,) = asking.geocode(["Zermatt"])
        assert server.names()[3:] == ["Zermatt"]
    assert match.place.source == f"OpenStreetMap by Nominatim at {server.domain}, asked 2027-03-04, ODbL"


# ---- refusals


def test_no_such_place_is_an_answer(server, time, answers):
    """An empty list is unknown, without an error, and is kept."""
    assert online(server, time, answers).geocode(["Nowhere"]) == [Match("Nowhere", None, (), How.UNKNOWN)]
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (Reply(status=500), ServiceDownError, "failed.*try again later"),
        (Reply(status=502), ServiceDownError, "failed"),
        (Reply(status=404), RefusedError, "does not take the question.*check its address"),
        (Reply(status=410), RefusedError, "does not take the question"),
        (Reply(drop=True), ServiceDownError, "failed"),
        (Reply(status=429), LimitedError, "limits how much.*try again in some minutes"),
        (Reply(status=429, headers={"Retry-After": "120"}), LimitedError, "try again in 120 seconds"),
        (Reply(status=429, headers={"Retry-After": "soon"}), LimitedError, "in some minutes"),
        (Reply(status=402), LimitedError, "in some minutes"),
        (Reply(status=403), RefusedError, "does not want to answer.*usage policy"),
        (Reply(status=401), RefusedError, "does not want to answer"),
        (Reply(status=400), RefusedError, "does not take the question"),
        (Reply({"error": "Parameter missing"}), RefusedError, "does not take.*Parameter missing"),
    ],
)
def test_refusals_are_told_apart(server, time, answers, reply, error, words):
    """Each names the service and the toponym, says what to do, and keeps nothing as an answer."""
    server.replies = [reply]
    with pytest.raises(
        error, match=f"(?s)Nominatim at {server.domain}, asked for 'Zermatt', .*{words}"
    ) as caught:
        online(server, time, answers).geocode(["Zermatt"])
    assert "\n" not in str(caught.value)
    assert (len(server.asked), len(answers)) == (1, 0)


def test_a_service_that_is_not_there_is_down(time):
    """A port where nobody listens is told as such."""
    with NominatimMade() as gone:
        pass
    with pytest.raises(ServiceDownError, match="refused"):
        online(gone, time).geocode(["Zermatt"])


def test_a_service_that_sends_one_on_leads_to_its_own_host_alone(server, time):
    """Another page of the host is asked; another host, which the user has not named, is not, and is told."""
    port = server.domain.rpartition(":")[2]
    server.replies = [Reply(status=302, headers={"Location": "/moved?q=moved"}), [result("Zermatt")]]
    assert online(server, time).geocode(["Zermatt"])[0].how is How.ONLINE
    assert [each.path for each in server.asked] == ["/search", "/moved"]
    server.replies = [Reply(status=302, headers={"Location": f"http://localhost:{port}/elsewhere?q=lure"})]
    with pytest.raises(
        ServiceDownError, match="sends the question on to http://localhost, which was not asked"
    ):
        online(server, time).geocode(["Täsch"])
    assert server.names() == ["Zermatt", "moved", "Täsch"]


def test_answers_before_a_refusal_are_kept(server, time, answers):
    """The second run asks only for the rest, and the error says so."""
    server.replies = [[result()], [], Reply(status=500), [result("Visp")]]
    asking = online(server, time, answers)
    with pytest.raises(ServiceDownError, match="the 2 answers that are kept are not asked for again"):
        asking.geocode(["Zermatt", "Nowhere", "Visp"])
    found = asking.geocode(["Zermatt", "Nowhere", "Visp"])
    assert [match.place and match.place.name for match in found] == ["Zermatt", None, "Visp"]
    assert server.names() == ["Zermatt", "Nowhere", "Visp", "Visp"]


def test_a_time_out_is_tried_again_after_growing_pauses(server, time):
    """After two and eight seconds; the third answer is taken."""
    server.replies = [Reply(hang=True), Reply(status=503), [result()]]
    (match,) = online(server, time, timeout=1).geocode(["Zermatt"])
    assert match.place.name == "Zermatt"
    assert time.waits == [2.0, 8.0]


def test_after_three_time_outs_the_service_is_down(server, time, answers):
    """No fourth request is sent."""
    server.replies = [Reply(hang=True), Reply(hang=True), Reply(hang=True), [result()]]
    with pytest.raises(ServiceDownError, match="did not answer in time, 3 times; try again later"):
        online(server, time, answers, timeout=0.2).geocode(["Zermatt"])
    assert (len(server.asked), len(answers)) == (3, 0)


@pytest.mark.parametrize(
    ("wanted", "waited"), [("7", [7.0]), ("30", [30.0]), ("0", [0.0, 1.0]), ("-5", [0.0, 1.0])]
)
def test_a_short_rest_is_kept_and_then_asked_once_more(server, time, wanted, waited):
    """At least the pace's second lies between the two requests."""
    server.replies = [Reply(status=429, headers={"Retry-After": wanted}), [result()]]
    (match,) = online(server, time).geocode(["Zermatt"])
    assert match.place.name == "Zermatt"
    assert time.waits == waited


def test_limited_again_after_the_rest_is_limited(server, time):
    """A service is not asked a third time."""
    server.replies = [Reply(status=429, headers={"Retry-After": "5"})] * 2
    with pytest.raises(LimitedError) as caught:
        online(server, time).geocode(["Zermatt"])
    assert caught.value.retry_after_s == 5
    assert len(server.asked) == 2


@pytest.mark.parametrize(("headers", "rest"), [({"Retry-After": "90"}, 90), ({}, 60)])
def test_a_service_that_limits_us_is_left_alone(server, time, headers, rest):
    """Until its rest is over, or a minute where it names none, nothing is sent; kept answers are given all the same."""
    server.replies = [[result()], Reply(status=429, headers=headers), [result("Brig")]]
    asking = online(server, time)
    asking.geocode(["Zermatt"])
    with pytest.raises(LimitedError):
        asking.geocode(["Brig"])
    time.now += 10
    with pytest.raises(LimitedError) as caught:
        online(server, time).geocode(["Visp"])
    assert caught.value.retry_after_s == pytest.approx(rest - 10)
    assert len(server.asked) == 2
    assert asking.geocode(["Zermatt"])[0].place.name == "Zermatt"
    time.now += rest
    assert asking.geocode(["Brig"])[0].place.name == "Brig"


def test_a_rest_may_be_told_as_a_date(server, time):
    """An hour from now is too long to wait for, and is told in seconds."""
    until = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    server.replies = [Reply(status=429, headers={"Retry-After": until})]
    with pytest.raises(LimitedError) as caught:
        online(server, time).geocode(["Zermatt"])
    assert caught.value.retry_after_s == pytest.approx(3600, abs=60)


# ---- hostile answers


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Please log in</html>",
        b"",
        b"null",
        b"{}",
        b'"Zermatt"',
        b"[[[" + b"[" * 200_000,
        b"\xff\xfe[]",
        b'[{"lat": 1',
        [1, None, "Zermatt"],
        [{"display_name": "Zermatt"}],
        [result() | {"lat": "abc"}],
    ],
    ids=lambda body: str(body)[:30],
)
def test_what_is_no_list_of_places_is_said_so(server, time, answers, body):
    """A log-in page, half an answer or a list without one sound place is an error, and no answer."""
    server.replies = [Reply(body)]
    with pytest.raises(UnreadableAnswerError, match="no list of places"):
        online(server, time, answers).geocode(["Zermatt"])
    assert len(answers) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json; charset=klingon"},
        {"Retry-After": "Fri, 31 Dec 99999 23:59:59 GMT"},
    ],
)
def test_headers_of_nonsense_are_unreadable(server, time, headers):
    """An unknown character set and a day after all days do not escape as something else."""
    status = 429 if "Retry-After" in headers else 200
    server.replies = [Reply([result()], status=status, headers=headers)]
    with pytest.raises((UnreadableAnswerError, LimitedError)):
        online(server, time).geocode(["Zermatt"])


def test_an_endless_answer_is_not_read(server, time, monkeypatch):
    """What is longer than any answer is cut, and so is no list."""
    monkeypatch.setattr("geo.online.nominatim.MOST_BYTES", 1000)
    server.replies = [[result(display_name="Z" * 2000)], Reply(b"Z" * 2000, status=500)]
    with pytest.raises(UnreadableAnswerError):
        online(server, time).geocode(["Zermatt"])
    with pytest.raises(ServiceDownError):
        online(server, time).geocode(["Zermatt"])


def test_an_unsound_result_is_left_out(server, time):
    """One bad result does not cost the others."""
    bad = [
        {},
        None,
        {"lat": "46", "lon": "7"},
        result(display_name=None),
        result(display_name=["Zermatt"]),
        result() | {"lat": "91"},
        result() | {"lon": "NaN"},
        result() | {"lat": True},
        result() | {"lat": [46]},
    ]
    server.replies = [[*bad, result("Zermatt", "7.74", "46.02")]]
    (match,) = online(server, time).geocode(["Zermatt"])
    assert (match.place.lon, match.place.lat, match.candidates) == (7.74, 46.02, (match.place,))


def test_a_server_that_ignores_the_limit_is_cut_short(server, time):
    """No more than ten results count."""
    server.replies = [[result(f"Zermatt {at}", str(at)) for at in range(50)]]
    (match,) = online(server, time).geocode(["Zermatte"])
    assert len(match.candidates) == 10


def test_half_characters_in_an_answer_are_dropped(server, time, answers):
    """What JSON can hold and a file cannot is kept without harm."""
    server.replies = [[result("Zer\ud800matt\u202e", display_name="Zer\udfffmatt, Valais")]]
    online(server, time, answers).geocode(["Zermatt"])
    (match,) = online(server, time, answers).geocode(["Zermatt"])
    assert match.place.name == "Zermatt"


# ---- other services


class Atlas(GeopyGeocoder):
    """A geocoder as geopy has thirty: its own parameters, one place or several, no OpenStreetMap."""

    def __init__(self, found):
        """Answer with this, or raise it."""
        super().__init__(adapter_factory=URLLibAdapter)
        self.found = found
        self.asked = []

    def geocode(self, query, *, exactly_one=True, timeout=None, language=None):
        """Take no countries and no viewbox."""
        self.asked.append((query, exactly_one, timeout, language))
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def other(found, time):
    """Make the geocoder that asks such a service."""
    atlas = Atlas(found)
    asking = Online(atlas, viewbox=(5, 45, 10, 47), clock=time.clock, sleep=time.wait)
    return atlas, asking


def test_any_geocoder_of_geopy_can_be_passed_in(time):
    """It is asked what it takes, once, and its place has an id that does not change and no certainty of its outline."""
    atlas, asking = other([Location("Zermatt, Valais", (46.02, 7.75), {"deep": object()})], time)
    (match,) = asking.geocode(["Zermatt"], countries=["CH"])
    assert atlas.asked == [("Zermatt", False, None, "en")]
    assert match.told == "online"
    assert (match.place.name, match.place.lon, match.place.lat) == ("Zermatt", 7.75, 46.02)
    assert match.place.radius_km == 25
    assert match.place.source.startswith("Atlas, asked 20")
    assert match.place.place_id == other(atlas.found, time)[1].geocode(["Zermatt"])[0].place.place_id
    assert match.place.place_id.startswith("online-")


@pytest.mark.parametrize(
    ("found", "how"),
    [
        (None, How.UNKNOWN),
        ([], How.UNKNOWN),
        (Location("Zermatt", (46.02, 7.75), {}), How.ONLINE),
        ([Location("Zermatt", (46, 7), {}), Location("Zermatt", (47, 9), {})], How.AMBIGUOUS),
    ],
)
def test_other_services_answer_with_none_one_or_several(time, found, how):
    """Without importance, places of one name that lie apart are ambiguous."""
    assert other(found, time)[1].geocode(["Zermatt"])[0].how is how


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (GeocoderUnavailable("no route"), ServiceDownError),
        (KeyError("results"), UnreadableAnswerError),
        (TypeError("NoneType"), UnreadableAnswerError),
    ],
)
def test_what_other_services_raise_is_told_apart_too(time, raised, error):
    """What geopy trips over in an answer is the answer's fault."""
    with pytest.raises(error, match="Atlas, asked for 'Zermatt'"):
        other(raised, time)[1].geocode(["Zermatt"])


# ---- in turn


class Known:
    """A geocoder that knows how each name is matched, and what it was asked."""

    def __init__(self, **known):
        """Know these; the others are unknown."""
        self.known = known
        self.asked = []

    def geocode(self, toponyms, *, countries=()):
        """Answer without places."""
        self.asked.append((list(toponyms), countries))
        return [Match(name, None, (), self.known.get(name, How.UNKNOWN)) for name in toponyms]


def test_the_second_is_asked_only_for_what_the_first_does_not_know():
    """In one call, with the countries; the order is kept, and ambiguous stays ambiguous."""
    first = Known(Bern=How.EXACT, Aarau=How.AMBIGUOUS, Brig=How.OTHER_KIND)
    then = Known(Zermatt=How.ONLINE, Aarau=How.ONLINE)
    names = ["Zermatt", "Bern", "Aarau", "Nowhere", "Brig", "Zermatt"]
    matches = in_turn(first, then).geocode(names, countries=("CH",))
    assert [(match.toponym, match.how.value) for match in matches] == [
        ("Zermatt", "online"),
        ("Bern", "exact"),
        ("Aarau", "ambiguous"),
        ("Nowhere", "unknown"),
        ("Brig", "other kind"),
        ("Zermatt", "online"),
    ]
    assert then.asked == [(["Zermatt", "Nowhere", "Zermatt"], ("CH",))]


def test_the_second_is_not_asked_where_nothing_is_left():
    """A document whose names are all known costs no request."""
    then = Known()
    in_turn(Known(Bern=How.EXACT), then).geocode(["Bern"])
    assert then.asked == []
