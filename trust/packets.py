"""A network that leads nowhere but to this machine, and a record of whom each packet on it was to reach."""

from __future__ import annotations

import ctypes
import ipaddress
import itertools
import os
import shutil
import socket
import struct
import subprocess
import threading
from functools import cache
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARK", "MissedError", "Packets", "alone", "asked_by", "why_not"]

MARK: Final = "192.0.2.1"
"""The address to which a recorder sends its marks; nothing else may be there (RFC 5737 keeps it for documents)."""

# All addresses are made this machine's own: what is sent to any of them comes by the loopback device, where it is seen. Those of a
# network of RFC 5737 are nobody's, so that there is one on which nothing can listen.
_LAID: Final = """ip link set lo up && ip route add local default dev lo || exit 70
ip route add unreachable 203.0.113.0/24 table local || exit 70
ip -6 route add local default dev lo 2>/dev/null
exec "$@" """
_EVERY_PROTOCOL: Final = 3
_OUTGOING: Final = 4
_STATISTICS: Final = (263, 6)  # of a packet socket: how many came, and how many found no room (packet(7))
_FILTER: Final = 26  # SO_ATTACH_FILTER
_HEAD: Final = 512  # bytes of a packet that are looked at
_TCP, _UDP, _ICMP, _ICMP6 = 6, 17, 1, 58
_SYN, _SYN_ACK = 0x02, 0x12
_DNS: Final = 53
_PATIENCE_S: Final = 20.0

# What comes to the recorder, as the kernel's filter says it: a code, how many lines to pass over where it is so and where it is
# not, and an operand. More is sent than there is room for, and of a connection its first packet tells whom it asks.
_PASSED: Final = (
    (0x30, 0, 0, 0xFFFFF004),  # load which way the packet goes
    (0x15, 0, 10, _OUTGOING),  # else it is seen a second time: drop
    (0x30, 0, 0, 0),  # load the version
    (0x54, 0, 0, 0xF0),
    (0x15, 0, 6, 0x40),  # else keep
    (0x30, 0, 0, 9),  # load the protocol
    (0x15, 0, 4, _TCP),  # else keep
    (0xB1, 0, 0, 0),  # find the end of the IP header
    (0x50, 0, 0, 13),  # load the flags
    (0x54, 0, 0, _SYN_ACK),
    (0x15, 0, 1, _SYN),  # else it is none that begins: drop
    (0x06, 0, 0, _HEAD),  # keep
    (0x06, 0, 0, 0),  # drop
)


class MissedError(RuntimeError):
    """A mark or a packet was not recorded, so silence means nothing."""


def alone(command: Sequence[str]) -> list[str]:
    """Give the command that runs another one on a network of its own, from which nothing leaves the machine."""
    # As who one is, with the rights of root on that network alone: PostgreSQL refuses root.
    as_oneself = ["--map-current-user", "--keep-caps"] if os.geteuid() else []
    return ["unshare", *as_oneself, "--net", "--", "sh", "-c", _LAID, "sh", *command]


@cache
def why_not() -> str:
    """Say why no such network can be made here; nothing where it can."""
    if missing := [name for name in ("unshare", "ip") if not shutil.which(name)]:
        return f"{missing[0]} is not installed"
    look = "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)"
    tried = subprocess.run(alone(["python3", "-c", look]), capture_output=True, text=True, check=False)
    return (
        "" if tried.returncode == 0 else f"no network namespace: {tried.stderr.strip() or tried.returncode}"
    )


def asked_by(packet: bytes) -> str | None:
    """Say whom a packet asks, as "lookup NAME", "tcp ADDRESS:PORT" or "udp ADDRESS:PORT".

    None where it stays on this machine, is no first packet of a connection, or answers another. A lookup counts wherever
    it goes: the resolver may be on this machine.

    Args:
        packet: From its IP header on; its head is enough.
    """
    if packet[0] >> 4 == 4:
        head, kind, to = (packet[0] & 15) * 4, packet[9], packet[16:20]
    else:
        head, kind, to = 40, packet[6], packet[24:40]
    address, rest = ipaddress.ip_address(to), packet[head:]
    port = struct.unpack(">H", rest[2:4])[0] if kind in {_TCP, _UDP} else 0
    where = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
    if kind == _UDP and port == _DNS:
        return f"lookup {_name(rest[8:])}"
    if address.is_loopback or (kind == _TCP and rest[13] & _SYN_ACK != _SYN) or kind in {_ICMP, _ICMP6}:
        return None
    return f"{ {_TCP: 'tcp', _UDP: 'udp'}.get(kind, f'protocol {kind}') } {where}"


def _name(question: bytes) -> str:
    """Read the name in a question to a name server (RFC 1035, 4.1.2)."""
    labels, at = [], 12
    while at < len(question) and (size := question[at]):
        labels.append(question[at + 1 : at + 1 + size].decode("ascii", "replace"))
        at += 1 + size
    return ".".join(labels).lower()


class Packets:
    """What is sent to other machines while it records; only on a network made by `alone`."""

    def __init__(self) -> None:
        """Begin to listen."""
        passed = b"".join(struct.pack("HBBI", *one) for one in _PASSED)
        # The kernel is told where the filter stands, so it must be there for so long.
        held = ctypes.create_string_buffer(passed)
        program = struct.pack("HP", len(_PASSED), ctypes.addressof(held))
        self._socket = socket.socket(
            socket.AF_PACKET, socket.SOCK_DGRAM, 0
        )  # nothing comes before it is bound
        self._socket.setsockopt(socket.SOL_SOCKET, _FILTER, program)
        self._socket.bind(("lo", _EVERY_PROTOCOL))
        self._asked: list[str] = []
        self._more = threading.Condition()
        self._ports = itertools.count(20_000)
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the socket go."""
        self._socket.close()

    def asked(self) -> list[str]:
        """Give who was asked since this was called last, each once, in order.

        Raises:
            MissedError: The mark that closes the time did not arrive, or a packet was lost: it cannot be told.
        """
        mark = f"udp {MARK}:{next(self._ports)}"
        address, port = mark.removeprefix("udp ").split(":")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"mark", (address, int(port)))
        with self._more:
            if not self._more.wait_for(lambda: mark in self._asked, _PATIENCE_S):
                raise MissedError(f"{mark} was sent and not recorded")
            at = self._asked.index(mark)
            found, self._asked = self._asked[:at], self._asked[at + 1 :]
        _, lost = struct.unpack("II", self._socket.getsockopt(*_STATISTICS, 8))
        if lost:
            raise MissedError(f"{lost} packets found no room")
        return list(dict.fromkeys(found))

    def _listen(self) -> None:
        while True:
            try:
                packet, (_, _, direction, *_) = self._socket.recvfrom(_HEAD)
            except OSError:
                return  # closed
            if direction == _OUTGOING and packet[0] >> 4 in {4, 6} and (whom := asked_by(packet)):
                with self._more:
                    self._asked.append(whom)
                    self._more.notify_all()
