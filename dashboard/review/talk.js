// Talks with the server: one message at a time, each with its number, and each answered.

// A message without an answer is said again: a server that was drawing the page anew may not have heard it.
const AGAIN_MS = 6000;

class Talk {
  // `told` takes how things stand, with each answer and before it.
  constructor(bridge, told) {
    Object.assign(this, { bridge, told, line: [], current: null, number: 0 });
    bridge.hear = () => this.hear();
  }

  // Say something; `then` takes the answer. Of several that wait, a later look at the same takes the place of an earlier.
  say(message, then) {
    if (message.do === "look") this.line = this.line.filter((one) => one.message.do !== "look");
    this.line.push({ message, then });
    this.next();
  }

  next() {
    if (this.current || !this.line.length || !this.bridge.say) return;
    this.current = this.line.shift();
    this.number = Math.max(Date.now(), this.number + 1);
    this.utter();
  }

  utter() {
    this.bridge.say({ ...this.current.message, n: this.number });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.current && this.utter(), AGAIN_MS);
  }

  end() {
    clearTimeout(this.timer);
    this.current = null;
    this.line = [];
    this.bridge.hear = null;
  }

  hear() {
    const { told } = this.bridge;
    if (!told) return;
    this.told(told);
    if (this.current && told.answer?.n === this.number) {
      const { then } = this.current;
      this.current = null;
      then(told.answer);
    }
    this.next();
  }
}
