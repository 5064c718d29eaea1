"""Nominatim as a geocoder of geopy's that answers for itself: a name to the service, and no more read than is sane."""

from __future__ import annotations

import math
import re
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import URLLibAdapter  # type: ignore[import-untyped]
from geopy.exc import ConfigurationError, GeocoderParseError  # type: ignore[import-untyped]
from geopy.geocoders import Nominatim  # type: ignore[import-untyped]

from geo.errors import BordermapError
from geo.online.found import read_result, visible

if TYPE_CHECKING:
    from urllib.request import Request
    from urllib.response import addinfourl

__all__ = ["MOST_BYTES", "PUBLIC_DOMAIN", "TIMEOUT_S", "nominatim_service"]

PUBLIC_DOMAIN: Final = "nominatim.openstreetmap.org"
"""The service of the OpenStreetMap Foundation; its policy: https://operations.osmfoundation.org/policies/nominatim/."""

TIMEOUT_S: Final = 10.0
"""Seconds to wait for an answer; geopy's own one second is less than a busy Nominatim needs."""

MOST_BYTES: Final = 4_000_000
"""Bytes of an answer that are read; ten places with all their names are a hundredth of it."""

# What HTTP libraries and the examples of geopy say where nobody was asked, and what only a browser may say.
_STOCK_AGENT: Final = re.compile(
    r"(geopy|python|curl|wget|java|okhttp|mozilla|my-application|my_app|my_user_agent|specify_your_app)\b",
    re.IGNORECASE,
)
_DOMAIN: Final = re.compile(r"[^\s/:@?#]+(:[0-9]+)?(/[^\s?#]*)?")


def nominatim_service(
    user_agent: str, *, domain: str = PUBLIC_DOMAIN, scheme: str = "https", timeout: float = TIMEOUT_S
) -> Nominatim:
    """Set up geopy's Nominatim; nothing is asked yet.

    Args:
        user_agent: Who asks, as the service's policy wants it: the application, best with an address for mail.
        domain: The host of the service, with its port and folder where it has any.
        scheme: "https" or "http".
        timeout: Seconds to wait for an answer.

    Returns:
        The geocoder.

    Raises:
        BordermapError: The user agent names nobody, or the address or the timeout is none.
    """
    if not re.fullmatch(r"[ -~]*[A-Za-z][ -~]*", user_agent) or _STOCK_AGENT.match(user_agent.strip()):
        raise BordermapError(
            f"user agent {user_agent!r} does not say who asks; write your project and an address in plain letters, as "
            "in 'alpine-atlas (maps@example.org)'"
        )
    if scheme not in {"https", "http"} or not _DOMAIN.fullmatch(domain):
        raise BordermapError(
            f"{scheme!r} and {domain!r} are no address of a service; write the scheme as 'https' and the domain as "
            f"{PUBLIC_DOMAIN!r}"
        )
    if not 0 < timeout < math.inf:
        raise BordermapError(f"timeout {timeout!r} is no number of seconds; write it as {TIMEOUT_S:g}")
    try:
        return Nominatim(
            user_agent=user_agent.strip(),
            domain=domain,
            scheme=scheme,
            timeout=timeout,
            adapter_factory=_Adapter,
        )
    except ConfigurationError as error:
        raise BordermapError(f"{domain}: {visible(str(error))}") from error


class _Adapter(URLLibAdapter):  # type: ignore[misc]  # geopy is untyped
    """geopy's adapter for urllib, which reads only so much and hands on only what has a name and a position."""

    urlopen: Any

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        # As geopy's own, but for what is done where a service sends one on.
        opener = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler(proxies), _SameHost())
        open_page = opener.open

        def opened(request: Request, timeout: float) -> addinfourl:
            try:
                page: addinfourl = open_page(request, timeout=timeout)
            except HTTPError as error:
                _read(error, lost=b"")  # The status counts, whatever becomes of the text.
                raise
            return _read(page)

        self.urlopen = opened

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Read an answer, and leave out results that geopy would fall over."""
        try:
            answer = super().get_json(url, timeout=timeout, headers=headers)
        except RecursionError as error:
            raise GeocoderParseError("the answer is nested without end") from error
        if isinstance(answer, dict) and "error" in answer:
            return answer
        if not isinstance(answer, list):
            raise GeocoderParseError("the answer is no list")
        sound = [each for each in answer if _is_sound(each)]
        if answer and not sound:
            raise GeocoderParseError("no result has a name and a position")
        return sound


class _SameHost(HTTPRedirectHandler):
    """Follows a service to another page of its host, and to no other: that one the user has not named."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Give the next request, or raise where it would leave the host or its encryption."""
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if here.hostname != there.hostname or (here.scheme, there.scheme) == ("https", "http"):
            asked = f"{there.scheme}://{there.hostname}"
            raise URLError(
                f"it sends the question on to {asked}, which was not asked for; name it if it is meant"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(page: addinfourl, *, lost: bytes | None = None) -> addinfourl:
    """Read a page, at most `MOST_BYTES` of it, and close it; where that fails, it held what was lost, if that is told."""
    try:
        with page:
            held = page.read(MOST_BYTES)
    except (OSError, HTTPException):
        if lost is None:
            raise
        held = lost
    page.read = lambda: held  # type: ignore[method-assign, assignment, misc]
    return page


def _is_sound(result: Any) -> bool:
    """Tell whether a result has what geopy takes for granted: a written address, and a position on the globe."""
    if not isinstance(result, dict) or not isinstance(result.get("display_name"), str):
        return False
    told = {
        "address": result["display_name"],
        "lat": result.get("lat"),
        "lon": result.get("lon"),
        "raw": result,
    }
    return read_result(told, source="") is not None
