"""A server of a test's own, which answers as the test says for as long as its `with` block lasts."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answering:
    """A server on a free port; its `answer` takes each request.

    Attributes:
        host: Its address and port.
    """

    def __init__(self, host="127.0.0.1", tls=None):
        """Start to listen on a host, under TLS where there is a context of it."""
        self._done = threading.Event()
        made = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                made.answer(self)

            def do_POST(self):
                made.answer(self)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self.host = f"{host}:{self._server.server_address[1]}"
        if tls:  # hands are shaken in the thread of who asks, or one who only connects would hold up all
            shaken = {"server_side": True, "do_handshake_on_connect": False}
            self._server.socket = tls.wrap_socket(self._server.socket, **shaken)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def __enter__(self):
        """Give itself."""
        return self

    def __exit__(self, *_):
        """Let go of who still waits, and stop."""
        self._done.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, handler):
        """Answer a request."""
        raise NotImplementedError

    def begin_reply(self, handler, reply):
        """Begin to answer with a reply; false where it is one that hangs until the end, or hangs up without a word."""
        if reply.hang:
            self._done.wait()
        if reply.hang or reply.drop:
            handler.close_connection = True
            return False
        handler.send_response(reply.status)
        return True
