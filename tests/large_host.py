"""A page of a large set in a frame, whose host is the test: it answers what the page asks when the test lets it."""

from dashboard.asked import answered
from dashboard.words import words_in

EMBED = """
(page) => {
  globalThis.told = [];
  globalThis.host = document.createElement("iframe");
  addEventListener("message", ({ data }) => told.push(data));
  host.sandbox = "allow-scripts";
  host.style.cssText = "width: 1200px; height: 800px; border: 0";
  host.srcdoc = page;
  document.body.append(host);
}
"""


class Host:
    """A document around the page of a built folder."""

    def __init__(self, page, built, html, days):
        """Show the page; what it asks waits."""
        self.page, self.built, self.days = page, built, days
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto("about:blank")
        page.evaluate(EMBED, html)
        self.told("said.bordermap === 'ask'")
        self.frame.wait_for_selector("html[data-bordermap=ready]")

    @property
    def frame(self):
        """The page."""
        return self.page.frames[1]

    def told(self, condition):
        """Wait until the page has said something; give the last such message."""
        self.page.wait_for_function(f"told.some((said) => {condition})")
        return self.page.evaluate(f"told.filter((said) => {condition}).at(-1)")

    @property
    def ask(self):
        """What was asked last."""
        return self.told("said.bordermap === 'ask'")

    def say(self, **message):
        """Say something to the page."""
        self.page.evaluate("(said) => host.contentWindow.postMessage(said, '*')", message)

    def set(self, **state):
        """Let the page stand as the host says, and wait until it has said that it does."""
        self.page.evaluate("told = told.filter(({ bordermap }) => bordermap !== 'shown')")
        self.say(bordermap="set", state=state)
        self.told("said.bordermap === 'shown'")

    def answer(self, **other):
        """Answer what was asked last, in other words where some are given, and wait until the page has taken it."""
        ask = self.ask
        answer = other if "error" in other else answered(self.built, ask["ask"], self.days, words_in("en"))
        self.say(bordermap="answer", id=ask["id"], answer={**answer, **other})
        self.frame.wait_for_function("(id) => bordermap.app.parts.large.flying !== id", arg=ask["id"])
        return self

    def answer_all(self):
        """Answer until nothing more is asked."""
        while self.frame.evaluate("bordermap.app.parts.large.flying"):
            self.answer()
        return self

    def within(self, selector, **more):
        """Find a part of the page."""
        return self.page.frame_locator("iframe").locator(selector, **more)
