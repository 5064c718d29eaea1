// Carries what the page of a large set asks to the server, and the answer back to the frame.

export default function ({ data, setTriggerValue }) {
  const bridge = (window.bordermapBridge ??= {});
  const ask = (message) => setTriggerValue("asked", message);
  bridge.ask = ask;
  bridge.answer = data;
  bridge.handOver?.();
  return () => {
    if (bridge.ask === ask) bridge.ask = null;
  };
}
