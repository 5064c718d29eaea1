// Carries what the page of a large set asks to the server, and the answer back to the frame.

export default function ({ data, setTriggerValue }) {
  const bridge = (window.bordermapBridge ??= {});
  bridge.ask = (message) => setTriggerValue("asked", message);
  bridge.answer = data;
  bridge.handOver?.();
}
