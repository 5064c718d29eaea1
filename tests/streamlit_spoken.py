"""Streamlit's own wire, spoken without a browser: a session over a websocket, its messages, and its uploads."""

import http.client
import json
import secrets
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

XSRF = "_streamlit_xsrf"
WITHIN = 60
_TO_BE_RUN_ANEW = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Spoken:
    """A session with a dashboard.

    Attributes:
        session: Its id.
        told: The messages of the run that has ended last.
    """

    def __init__(self, socket, address, cookies):
        """Speak over a socket that is open."""
        self._socket, self._address, self._cookies = socket, address, cookies
        self.session, self.told, self._page = "", [], ""

    def say(self, message, within=WITHIN):
        """Say a message, and wait until the run that it starts has ended; give what was shown, as text."""
        self._socket.send(message)
        self.told = []
        while True:
            self.told.append(told := self._next(within))
            if told.HasField("new_session"):
                self.session = told.new_session.initialize.session_id
            if told.HasField("navigation"):
                self._page = told.navigation.page_script_hash
            if told.HasField("script_finished") and told.script_finished != _TO_BE_RUN_ANEW:
                return "\n".join(map(str, self.told))

    def run(self, fragment, **widgets):
        """Have a fragment run alone; of widgets what is said by their ids."""
        message = BackMsg()
        message.rerun_script.fragment_id, message.rerun_script.page_script_hash = fragment, self._page
        for name, value in widgets.items():
            message.rerun_script.widget_states.widgets.add(id=name, json_trigger_value=json.dumps(value))
        return self.say(message.SerializeToString())

    def ask(self, *messages, until, within=WITHIN):
        """Say messages of which no run comes; give what is told until it is of a kind."""
        for message in messages:
            self._socket.send(message)
        heard = [self._next(within)]
        while heard[-1].WhichOneof("type") != until:
            heard.append(self._next(within))
        return heard

    def shown(self, kind, part):
        """Give the fragment and the element of a kind that was shown last with this in its id."""
        deltas = [told.delta for told in self.told if told.delta.new_element.HasField(kind)]
        found = [(delta.fragment_id, getattr(delta.new_element, kind)) for delta in deltas]
        return next(one for one in reversed(found) if part in one[1].id)

    def has_run_anew(self):
        """Whether the last message had the page run as a whole."""
        return self.told[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _next(self, within):
        told = ForwardMsg()
        told.ParseFromString(self._socket.recv(timeout=within))
        return told

    def upload(self, session=None, content=b"a,b\n1,2\n"):
        """Put a file into a session; give the status and what is said."""
        edge = secrets.token_hex(8)
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'.encode()
            + content
            + f"\r\n--{edge}--\r\n".encode()
        )
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "X-Xsrftoken": self._cookies[XSRF],
            "Cookie": written(self._cookies),
        }
        asked = http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=WITHIN)
        asked.request(
            "PUT", f"/_stcore/upload_file/{session or self.session}/{secrets.token_hex(8)}", body, headers
        )
        answer = asked.getresponse()
        said = answer.status, answer.read().decode()
        asked.close()
        return said


@contextmanager
def spoken(address, cookies=None, **headers):
    """Open a session; without cookies as somebody new.

    Args:
        address: The dashboard's.
        cookies: By their names.
        headers: More of them, by their names with _ for -.
    """
    cookies = {XSRF: xsrf_of(address)} | (cookies or {})
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    origin = more.pop("origin", address)
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=origin,
        subprotocols=["streamlit", cookies[XSRF]],
        additional_headers={"Cookie": written(cookies)} | more,
        max_size=None,
        proxy=None,
    ) as socket:
        yield Spoken(socket, address, cookies)


def written(cookies):
    """Write cookies as a header has them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def xsrf_of(address):
    """Ask for the token that guards against other pages."""
    asked = http.client.HTTPConnection(urlsplit(address).netloc, timeout=WITHIN)
    asked.request("GET", "/_stcore/health")
    answer = asked.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie")
    asked.close()
    return cookie.split(f"{XSRF}=")[1].split(";")[0].strip('"')


def opening(page, query=""):
    """Make the first message of a browser that opens a page, with this in its address."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    return message.SerializeToString()


def said(**parts):
    """Make a message of which no run comes."""
    return BackMsg(**parts).SerializeToString()


def event_of(component, event, value):
    """Give what a component's script says as Streamlit's browser part writes it: the id, and what it has."""
    return {f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events": [{"event": event, "value": value}]}


def opens(frame, query):
    """Whether a browser opens a page by a message, with this in its address."""
    message = BackMsg()
    message.ParseFromString(frame)
    return query in message.rerun_script.query_string and not message.rerun_script.fragment_id


def said_otherwise(frame, **changes):
    """Change what a component says in a message that a browser has sent."""
    message = BackMsg()
    message.ParseFromString(frame)
    for state in message.rerun_script.widget_states.widgets:
        if state.HasField("json_trigger_value"):
            state.json_trigger_value = json.dumps(_changed(json.loads(state.json_trigger_value), changes))
    return message.SerializeToString()


def is_said(frame, word):
    """Whether a component says something with a word in a message that a browser has sent."""
    message = BackMsg()
    message.ParseFromString(frame)
    return any(word in state.json_trigger_value for state in message.rerun_script.widget_states.widgets)


def _changed(told, changes):
    """Change the message within whatever Streamlit puts around it."""
    if isinstance(told, dict) and "do" in told:
        return told | changes
    if isinstance(told, dict):
        return {name: _changed(value, changes) for name, value in told.items()}
    return [_changed(value, changes) for value in told] if isinstance(told, list) else told
