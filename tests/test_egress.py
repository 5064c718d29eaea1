"""Nothing is asked of the network that the user did not ask for: each observer shown to see, and then bordermap gone through."""

import ipaddress
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error

from trust.egress import ALL, _told, egress, surface
from trust.netlog import asked_in
from trust.packets import asked_by, why_not

ROOT = Path(__file__).parents[1]
TCP, UDP, ICMP = 6, 17, 1
SYN, SYN_ACK = 2, 18


def packet(kind, to, port, rest=b""):
    """Make the head of an IP packet to an address and port."""
    address = ipaddress.ip_address(to)
    ports = struct.pack(">HH", 40_000, port)
    if address.version == 6:
        return bytes([0x60, 0, 0, 0, 0, 0, kind, 64]) + bytes(16) + address.packed + ports + rest
    return bytes([0x45]) + bytes(8) + bytes([kind]) + bytes(6) + address.packed + ports + rest


def syn(flags=SYN):
    """Make the rest of a TCP head."""
    return bytes(9) + bytes([flags]) + bytes(6)


QUESTION = bytes(4) + bytes(12) + b"\x02l1\x04Lure\x07example\0\0\1\0\1"
PACKETS = [
    (packet(TCP, "192.0.2.7", 443, syn()), "tcp 192.0.2.7:443"),
    (packet(TCP, "2001:db8::7", 443, syn()), "tcp [2001:db8::7]:443"),
    (packet(UDP, "192.0.2.7", 443, bytes(4)), "udp 192.0.2.7:443"),
    (packet(UDP, "192.0.2.53", 53, QUESTION), "lookup l1.lure.example"),
    (packet(UDP, "127.0.0.53", 53, QUESTION), "lookup l1.lure.example"),
    (packet(47, "192.0.2.7", 0), "protocol 47 192.0.2.7:0"),
    (packet(TCP, "192.0.2.7", 443, syn(SYN_ACK)), None),
    (packet(TCP, "127.0.0.1", 8501, syn()), None),
    (packet(UDP, "::1", 9000, bytes(4)), None),
    (packet(ICMP, "192.0.2.7", 0), None),
]


@pytest.mark.parametrize(("sent", "asks"), PACKETS)
def test_a_packet_says_whom_it_asks(sent, asks):
    """Connections, datagrams and lookups are told with whom they ask; answers, and what stays on this machine, are not."""
    assert asked_by(sent) == asks


def event(kind, params, source=1):
    """Make an event of Chromium's log."""
    return {"type": TYPES[kind], "source": {"id": source}, "params": params}


TYPES = {
    "URL_REQUEST_START_JOB": 1,
    "HOST_RESOLVER_MANAGER_REQUEST": 2,
    "HOST_RESOLVER_MANAGER_JOB": 3,
    "TCP_CONNECT_ATTEMPT": 4,
    "UDP_CONNECT": 5,
    "UDP_BYTES_SENT": 6,
    "COOKIE_STORE_ALIVE": 7,
}
LOGGED = [
    (event("URL_REQUEST_START_JOB", {"url": "https://l2.lure.example/x"}), ["request https://l2.lure.example"]),
    (event("URL_REQUEST_START_JOB", {"url": "wss://l2.lure.example/x"}), ["request wss://l2.lure.example"]),
    (event("URL_REQUEST_START_JOB", {"url": "http://127.0.0.1:8501/x"}), []),
    (event("URL_REQUEST_START_JOB", {"url": "http://localhost.evil.example/x"}), ["request http://localhost.evil.example"]),
    (event("URL_REQUEST_START_JOB", {"url": "file:///map.html"}), []),
    (event("HOST_RESOLVER_MANAGER_REQUEST", {"host": "https://l2.lure.example"}), ["lookup l2.lure.example"]),
    (event("HOST_RESOLVER_MANAGER_JOB", {"host": "l2.lure.example:443"}), ["lookup l2.lure.example"]),
    (event("HOST_RESOLVER_MANAGER_REQUEST", {"host": "http://127.0.0.1:8501"}), []),
    (event("TCP_CONNECT_ATTEMPT", {"address": "[2001:db8::7]:443"}), ["tcp [2001:db8::7]:443"]),
    (event("TCP_CONNECT_ATTEMPT", {"address": "127.0.0.1:8501"}), []),
    (event("UDP_BYTES_SENT", {"byte_count": 9}), ["udp [2001:db8::8]:443"]),
    (event("COOKIE_STORE_ALIVE", {"url": "https://l2.lure.example/x"}), []),
]  # fmt: skip


@pytest.mark.parametrize(("logged", "asked"), LOGGED)
def test_chromiums_log_says_whom_it_asked(logged, asked, tmp_path):
    """Requests, lookups, connections and datagrams are told; a datagram's socket that sent nothing is not."""
    log = tmp_path / "net.json"
    connected = event("UDP_CONNECT", {"address": "[2001:db8::8]:443"})
    log.write_text(json.dumps({"constants": {"logEventTypes": TYPES}, "events": [connected, logged]}))
    assert asked_in(log) == asked


def test_a_log_that_names_its_events_otherwise_is_no_silence(tmp_path):
    """Where a later Chromium calls an event by another name, nothing is told, instead of nothing being found."""
    log = tmp_path / "net.json"
    types = {name: number for name, number in TYPES.items() if name != "TCP_CONNECT_ATTEMPT"}
    log.write_text(json.dumps({"constants": {"logEventTypes": types}, "events": []}))
    with pytest.raises(KeyError, match="TCP_CONNECT_ATTEMPT"):
        asked_in(log)


def test_what_a_python_asks_is_written_down(tmp_path):
    """A lookup is, with the test in which it was, also of a process that another one started; what stays on this machine is not."""
    asks = (
        "import contextlib, socket, subprocess, sys\n"
        "with contextlib.suppress(OSError): socket.getaddrinfo('l3.lure.invalid', 80, flags=socket.AI_NUMERICHOST)\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9), 1)\n"
        "with contextlib.suppress(OSError), socket.socket() as one: one.settimeout(0); one.connect(('127.1.2.3', 9))\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))\n"
    )
    started = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {asks!r}], check=True)"
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "trust" / "listening"),
        "TRUST_HEARD": str(tmp_path / "heard"),
    }
    subprocess.run([sys.executable, "-c", started], env=env, check=True)  # noqa: S603 - our own words
    in_test = os.environ["PYTEST_CURRENT_TEST"]
    assert (tmp_path / "heard").read_text() == f"lookup l3.lure.invalid in {in_test}\n"


def result(asked=(), must=(), may=(), by_switch=()):
    """Make what a run prints of one surface, and of one thing that was switched on."""
    return {
        "asked": {"page": asked},
        "ended": {},
        "lures": {"l4.lure.example": "claims.csv: note"},
        "silent": [],
        "switched on": {"model": [must, may, by_switch]},
        "tests": {},
    }


A, B, LURE = "packet: tcp 192.0.2.7:443", "packet: tcp 192.0.2.8:443", "packet: lookup l4.lure.example"
RESULTS = [
    (result(must=[A], may=[B], by_switch=[A, B]), (), (), True),
    (result(must=[A], may=[B], by_switch=[A]), (), (), True),
    (result(must=[A], may=[B], by_switch=[B]), (), (f"model: was not asked: {A}",), False),
    (result(by_switch=[LURE]), (), (f"model: {LURE} (claims.csv: note)",), False),
    (result(asked=[LURE]), (f"page: {LURE} (claims.csv: note)",), (), False),
]


@pytest.mark.parametrize(("printed", "asked", "astray", "holds"), RESULTS)
def test_whom_a_surface_asked_is_held_against_whom_it_may(printed, asked, astray, holds):
    """By itself nobody; and what is switched on whom it names, without fail, and nobody else."""
    found = _told(printed)
    assert (found.asked, found.astray, found.holds) == (asked, astray, holds)


def test_tests_alone_need_no_addresses():
    """A run of tests alone is held without an address in a file, and says how many were run and skipped."""
    counted = {"tests": 9, "failures": 0, "errors": 0, "skipped": 2}
    lines = _told(
        result() | {"asked": {"tests/test_house.py": ()}, "lures": {}, "switched on": {}, "tests": counted}
    ).lines
    assert [line.measured for line in lines if "tests" in line.figure] == ["7", "2"]
    assert [line for line in lines if not line.held] == []


def test_a_surface_is_one_of_those_there_are_or_some_tests():
    """A name is taken as it is, a pattern of tests too, and a word that is neither is refused."""
    assert [surface(one) for one in (*ALL, "tests/test_a*.py")] == [*ALL, "tests/test_a*.py"]
    with pytest.raises(ValueError, match="browser"):
        surface("browser")


SHUT = ["http://192.0.2.1/", "http://[2001:db8::1]/", "http://shut.invalid/"]


@pytest.mark.browser
@pytest.mark.parametrize("address", SHUT)
def test_the_network_is_shut_in_the_tests_browsers(browser, address):
    """No host but this machine is found, by name or by number: nothing is sent."""
    page = browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(address)
    page.close()


@pytest.fixture(scope="module")
def gone_through():
    """What came of going through the reports, the page, a Nominatim and a model: `make trust` goes through all."""
    if reason := why_not():
        pytest.skip(reason)
    return egress(("reads", "page", "nominatim", "model"))


@pytest.mark.browser
def test_nothing_is_asked_by_itself(gone_through):
    """Reports and page, full of addresses, ask nobody; and what asks on purpose is seen by each observer."""
    assert gone_through.silent == ()
    assert gone_through.asked == ()
    assert gone_through.lures > 1000
    assert {"page: from its file", "chromium's log of the page"} <= set(gone_through.surfaces)
    assert gone_through.surfaces["read report.html"] == 0


@pytest.mark.browser
def test_what_is_switched_on_asks_whom_it_names_and_nobody_else(gone_through):
    """Nominatim and a model are asked where the user says so, at that host alone, whatever they answer."""
    assert gone_through.astray == ()
    assert gone_through.switched_on["geocode --online"] == ("lookup nominatim.openstreetmap.org",)
    assert len(gone_through.switched_on) == 4
