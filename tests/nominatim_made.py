"""A small server on this machine that answers like Nominatim, line by line as a test wrote it."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

from answering import Answering

from geo.online.geocoder import nominatim


def result(name="Zermatt", lon="7.75", lat="46.02", *, tag="place=village", importance=0.5, **more):
    """Make one result as Nominatim 5 writes it in JSON; a key is left out by giving it as None."""
    key, value = tag.split("=")
    lon_at, lat_at = float(lon), float(lat)
    made = {
        "place_id": 100149,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "node",
        "osm_id": crc32(f"{name} {lon} {lat} {tag}".encode(errors="replace")),
        "lat": lat,
        "lon": lon,
        "class": key,
        "type": value,
        "place_rank": 19,
        "importance": importance,
        "addresstype": value,
        "name": name,
        "display_name": f"{name}, Valais, Switzerland",
        "address": {key: name, "country": "Switzerland", "country_code": "ch"},
        "namedetails": {"name": name, "name:en": name},
        "boundingbox": [str(lat_at - 0.02), str(lat_at + 0.02), str(lon_at - 0.02), str(lon_at + 0.02)],
    }
    return {key: value for key, value in (made | more).items() if value is not None}


@dataclass
class Reply:
    """What the server does with one request: answer, hang up without a word (`drop`), or never answer (`hang`)."""

    body: object = field(default_factory=list)
    status: int = 200
    headers: dict = field(default_factory=dict)
    drop: bool = False
    hang: bool = False

    @property
    def content(self):
        """Give the body as bytes: bytes as they are, anything else as JSON."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    query: dict
    user_agent: str


class NominatimMade(Answering):
    """The server, with its replies by toponym or in their order, and what it was asked."""

    def __init__(self, replies=()):
        """Start to listen on a free port; `replies` are lists of results or `Reply`, given out in their order."""
        self.replies = list(replies)
        self.by_name = {}
        self.asked = []
        super().__init__()
        self.domain = self.host

    def answer(self, handler):
        """Answer one request with the next reply; with an empty list when there is none left."""
        parts = urlsplit(handler.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.asked.append(Asked(parts.path, query, handler.headers["User-Agent"]))
        reply = self.by_name.get(query.get("q"))
        if reply is None:
            reply = self.replies.pop(0) if self.replies else Reply()
        reply = reply if isinstance(reply, Reply) else Reply(reply)
        if not self.begin_reply(handler, reply):
            return
        for name, value in ({"Content-Type": "application/json; charset=utf-8"} | reply.headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(reply.content)

    def names(self):
        """List the toponyms that were asked for, in their order."""
        return [each.query["q"] for each in self.asked]


class Time:
    """A clock that only waiting moves, and the waits."""

    def __init__(self):
        """Begin at a moment like any other."""
        self.now = 1000.0
        self.waits = []

    def clock(self):
        """Give the seconds."""
        return self.now

    def wait(self, seconds):
        """Move on at once."""
        self.waits.append(seconds)
        self.now += seconds


def online(server, time, answers=None, **more):
    """Make the geocoder that asks the server, on the time of a test."""
    choices = {"domain": server.domain, "scheme": "http", "clock": time.clock, "sleep": time.wait} | more
    return nominatim("alpine-atlas tests (maps@example.org)", answers, **choices)
