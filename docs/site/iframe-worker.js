// The search of the site where its pages are opened from disk: browsers start no worker there, so a hidden frame is one.
if (location.protocol === "file:") {
  globalThis.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const { contentDocument: inside, contentWindow: self } = this.frame;
      self.postMessage = (data) => setTimeout(() => this.hear(data));
      self.importScripts = (...urls) => Promise.all(urls.map((one) => importing(inside, one)));
      this.ready = importing(inside, url);
    }

    hear(data) {
      const told = new MessageEvent("message", { data });
      this.dispatchEvent(told);
      this.onmessage?.(told);
    }

    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }

    terminate() {
      this.frame.remove();
    }
  };

  function importing(inside, url) {
    return new Promise((done, failed) => {
      const script = inside.createElement("script");
      Object.assign(script, { src: url, onload: done, onerror: failed });
      inside.head.append(script);
    });
  }
}
