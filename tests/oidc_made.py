"""A small OpenID Connect provider on this machine: people sign in by a link with their name, rightly or wrongly as a test wants."""

import base64
import hashlib
import html
import json
import secrets
import time
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from answering import Answering
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "bordermap"
CLIENT_SECRET = "sentinel-of-the-provider"  # noqa: S105 - known to this provider alone


class OidcMade(Answering):
    """The provider, with the people that it knows.

    Attributes:
        people: By their names, the claims of their ID tokens; a claim that is None is left out.
        forged: By their names, how their ID tokens are made otherwise: `key` for another key, `alg` for another algorithm.
        issuer: Its address.
        described: What it says of itself besides.
        head: What the heads of its ID tokens say besides.
    """

    def __init__(self, people, forged=None, host="127.0.0.1", tls=None):
        """Start to listen on a free port of a host, under TLS where there is a context of it."""
        self.people, self.forged = people, forged or {}
        self.described, self.head = {}, {}
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.codes = {}
        super().__init__(host, tls)
        self.issuer = f"{'https' if tls else 'http'}://{self.host}"

    @property
    def metadata(self):
        """Where it describes itself."""
        return f"{self.issuer}/.well-known/openid-configuration"

    def answer(self, handler):
        """Answer one request."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        parts = urlsplit(handler.path)
        query, said = dict(parse_qsl(parts.query)), dict(parse_qsl(body.decode()))
        answers = {
            "/.well-known/openid-configuration": self._described,
            "/jwks": lambda: {"keys": [self.key.as_dict(private=False)]},
            "/authorize": lambda: self._authorize(query),
            "/token": lambda: self._token(handler, said),
            "/logout": lambda: query["post_logout_redirect_uri"],
        }
        answer = answers[parts.path]()
        handler.send_response(302 if isinstance(answer, str) else 200)
        content = json.dumps(answer).encode() if isinstance(answer, dict) else b""
        if isinstance(answer, str):
            handler.send_header("Location", answer)
        elif isinstance(answer, bytes):
            content = answer
        handler.send_header("Content-Type", "application/json" if isinstance(answer, dict) else "text/html")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def _described(self):
        return self.described | {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def _authorize(self, query):
        """Show a link for each of the people, or lead the one who has chosen back with a code."""
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        if "as" not in query:
            links = (
                f'<a href="/authorize?{html.escape(urlencode(query | {"as": name}))}">{html.escape(name)}</a>'
                for name in self.people
            )
            return f"<!doctype html><title>Who are you?</title>{' '.join(links)}".encode()
        code = secrets.token_urlsafe()
        self.codes[code] = query
        return f"{query['redirect_uri']}?code={code}&state={quote(query['state'])}"

    def _token(self, handler, said):
        """Give the tokens of a code, once, to the client that the code was for."""
        kind, _, given = handler.headers["Authorization"].partition(" ")
        assert (kind, base64.b64decode(given).decode()) == ("Basic", f"{CLIENT}:{CLIENT_SECRET}")
        asked = self.codes.pop(said["code"])
        digest = hashlib.sha256(said["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        assert said["redirect_uri"] == asked["redirect_uri"]
        token = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300}
        return token | {"id_token": self._id_token(asked["as"], asked["nonce"])}

    def _id_token(self, name, nonce):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": name,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
        }
        claims = {claim: value for claim, value in (claims | self.people[name]).items() if value is not None}
        forged = self.forged.get(name, {})
        if forged.get("alg") == "none":
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(
                    base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts
                )
                + "."
            )
        key = RSAKey.generate_key(2048, {"kid": "one"}) if forged.get("key") else self.key
        return jwt.encode({"alg": "RS256", "kid": "one", **self.head}, claims, key)
