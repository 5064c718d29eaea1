"""A dashboard around a large set in a browser, and the line to its server, on which messages can be held back."""

import itertools
import re

from dashboard_browser import Dashboard

LOOK_MS, MOST_LOOKS = 20, 1500


class LargeDashboard(Dashboard):
    """A dashboard around the page of a large set."""

    def wait_for_page(self):
        """Wait until the page is there and has its first answer."""
        self.within("html[data-bordermap=ready]").wait_for(state="attached")
        return self.answered()

    def answered(self):
        """Wait until the page has the answer to what it has asked."""
        self.within(".bm:not(.bm-asking)").wait_for()
        return self

    def within(self, selector, **more):
        """Return what is in the page."""
        return self.page.frame_locator("iframe").locator(selector, **more)

    def draw(self):
        """Say what is drawn: how many circles, and of them together how many events, and how many marks."""
        return self.frame.evaluate(
            "() => { const { cells = [], arrows, points } = bordermap.app.marks.drawn;"
            " return [cells.length, cells.reduce((sum, { count }) => sum + count, 0), arrows.length + points.length]; }"
        )


class Line:
    """The websocket of a dashboard, on which what is said either way can be held back for a while."""

    def __init__(self, page):
        """Stand between a new page and its server."""
        self.page = page
        self.said = None  # the word of the page's state that is held back, once it is
        self.holds = self.waits = False
        self.kept = []
        self.asked = 0
        page.route_web_socket(re.compile("_stcore/stream"), self.join)

    def join(self, browser):
        """Carry what both ends say."""
        self.browser, self.server = browser, browser.connect_to_server()
        browser.on_message(self.up)
        self.server.on_message(self.down)

    def up(self, message):
        """Carry a message to the server, or keep the state that the page says."""
        self.asked += b'"asked"' in message
        if self.waits and b'"said"' in message:
            self.said, self.waits = message, False
        else:
            self.server.send(message)

    def down(self, message):
        """Carry a message to the browser, or keep it."""
        (self.kept.append if self.holds else self.browser.send)(message)

    def until(self, holds):
        """Look again until something holds of what has been said, or fail after a while."""
        looked = itertools.count()
        while not holds():
            assert next(looked) < MOST_LOOKS
            self.page.wait_for_timeout(LOOK_MS)

    def let_through(self):
        """Carry all that was kept."""
        self.holds = False
        for message in self.kept:
            self.browser.send(message)
