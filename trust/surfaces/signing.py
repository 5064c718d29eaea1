"""A dashboard for others, gone through with a sign-in at a provider elsewhere and its store in a PostgreSQL elsewhere."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import ipaddress
import json
import ssl
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from claims.userdata import DATABASE
from trust.postgresql import server
from trust.surfaces import visits
from trust.surfaces.borrowed import CLIENT, CLIENT_SECRET, OidcMade, served
from trust.surfaces.browsers import logged
from trust.surfaces.switched import DATABASE_AT
from trust.surfaces.walk import HELD, setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trust.surfaces.walk import Walk

__all__ = ["signin"]

_PROVIDER_AT: Final = "198.51.100.21"
_NAME: Final = "a dashboard for others, with sign-in and PostgreSQL"
_COOKIE_SECRET: Final = "0" * 32
_RITA: Final = "rita"
_EMAIL: Final = "rita@example.org"

# What OpenID Connect Discovery 1.0 (section 3) and Core 1.0 (section 5.1), and RFC 7515 (sections 4.1.2 and 4.1.5), let a
# provider name beside what a sign-in needs.
_DESCRIBED: Final = (
    *("userinfo_endpoint", "registration_endpoint", "service_documentation", "op_policy_uri", "op_tos_uri"),
    *("check_session_iframe", "revocation_endpoint", "introspection_endpoint"),
)
_TOLD: Final = ("picture", "profile", "website")
_HEAD: Final = ("jku", "x5u")


def signin(walk: Walk) -> None:
    """Read as a stranger, sign in, review and import, and sign out."""
    certificate, known = _certificate(walk.out(".pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    lured = walk.lures.address
    rita = {"email": _EMAIL, "email_verified": True, **{name: lured(f"ID token: {name}") for name in _TOLD}}
    with (
        server(lasting=False, address=DATABASE_AT) as running,
        OidcMade({_RITA: rita}, host=_PROVIDER_AT, tls=tls) as provider,
        setting({DATABASE: running.make_database("others"), "SSL_CERT_FILE": str(certificate)}),
    ):
        provider.described = {name: lured(f"provider: {name}") for name in _DESCRIBED}
        provider.head = {name: lured(f"head of an ID token: {name}", "https") for name in _HEAD}
        provider_at = provider.issuer.removeprefix("https://")
        must = [f"{by}: tcp {provider_at}" for by in ("packet", "python", "chromium")]
        must += [f"packet: tcp {running.at}", f"chromium: request {provider.issuer}"]
        with logged(walk, known) as (browser, told), walk.switch(_NAME, *must):
            source = walk.held()
            site = _site(walk, provider.metadata)
            with served(None, walk.lured, walk.out(".log"), site) as address:
                page = browser.new_page()
                looks = visits.pages(page, address, (walk.reports[1], walk.kml), source)
                looks[0]()
                visits.sign_in(page, address, _RITA)
                for look in looks:
                    look()
                visits.sign_out(page)
        walk.switched[_NAME].asked.extend(told)


def _site(walk: Walk, metadata: str) -> Callable[[str], Path]:
    """Give what writes a site file for the address of a dashboard."""

    def written(address: str) -> Path:
        tables = {
            "site": {"url": address, "collections": [str(walk.lured), f"store:{HELD}"]},
            "reviewing": {"people": [_EMAIL]},
            "signin": {
                "client_id": CLIENT,
                "client_secret": CLIENT_SECRET,
                "server_metadata_url": metadata,
                "cookie_secret": _COOKIE_SECRET,
            },
        }
        # JSON's texts and lists of them are TOML's.
        lines = [
            line
            for name, values in tables.items()
            for line in (f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()))
        ]
        file = walk.out(".toml")
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return written


def _certificate(file: Path) -> tuple[Path, str]:
    """Write a certificate with its key, which names no address to look it up at; give it, and Chromium's switch that knows it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = dt.datetime.now(dt.UTC)
    whose = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(_PROVIDER_AT))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(whose, critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(pem, kind, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(pem))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = base64.b64encode(hashlib.sha256(public).digest()).decode()
    return file, f"--ignore-certificate-errors-spki-list={digest}"
