"""An open dashboard in a browser, and what tests ask of it."""

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import expect

SLIDER = ".st-key-day input[type=range]"


class Dashboard:
    """An open dashboard, and what a test asks of it."""

    def __init__(self, page, address):
        """Listen to all that a new page does."""
        self.page = page
        self.requests = []
        self.received = 0
        self.complaints = []
        page.context.on("request", lambda request: self.requests.append(request.url))
        self.socket = None
        page.on("websocket", self.listen)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = address

    def listen(self, socket):
        """Count what comes over a websocket."""
        self.socket = socket
        socket.on("framereceived", self.receive)

    def slide(self, slider, day):
        """Move the slider by a key, and wait until the page shows the day and the server has answered."""
        with self.socket.expect_event("framereceived"):
            self.page.locator(slider).press("ArrowRight")
        self.wait_for_day(day)
        self.wait_for_address(day=day)
        self.wait_for_server()

    def receive(self, frame):
        """Count what comes over the websocket."""
        self.received += len(frame)

    def open(self, query=""):
        """Open the dashboard and wait for its page."""
        self.page.goto(f"{self.address}/{query}")
        return self.wait_for_page()

    def wait_for_page(self):
        """Wait until the page has been told its day."""
        self.page.frame_locator("iframe").locator("#day").filter(has_text=re.compile(r"\d")).wait_for()
        return self

    @property
    def frame(self):
        """The page in its iframe."""
        return next(frame for frame in self.page.frames if frame.parent_frame is not None)

    def wait_for_day(self, day):
        """Wait until the page, the slider, whose script Streamlit loads late, and the address all stand on a day."""
        expect(self.page.frame_locator("iframe").locator("#day")).to_have_text(day)
        self.page.wait_for_function(
            "([slider, day]) => { const thumb = document.querySelector(slider);"
            " return thumb && new Date(thumb.value / 1000).toISOString().startsWith(day); }",
            arg=[SLIDER, day],
        )
        self.page.wait_for_url(lambda url: self.query_of(url).get("day", "2024-12-07") == day)

    def wait_for_address(self, **said):
        """Wait until the address says this: the server has answered."""
        self.page.wait_for_url(lambda url: said.items() <= self.query_of(url).items())

    def wait_for_server(self):
        """Wait until the server has answered all."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def say(self, change):
        """Let the page come to rest in another state."""
        self.frame.evaluate("change => say(change)", change)

    def told(self):
        """What the page was told since it came up, without times."""
        return self.frame.evaluate("log.map(({at, ...message}) => message)")

    @staticmethod
    def query_of(url):
        """What an address says."""
        return dict(parse_qsl(urlsplit(url).query))

    @property
    def query(self):
        """What the address says now."""
        return self.query_of(self.page.url)
