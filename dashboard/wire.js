export default function ({ data, setTriggerValue }) {
  const bridge = (window.bordermapBridge ??= {});
  bridge.told = data;
  bridge.say = (message) => setTriggerValue("said", message);
  bridge.follow?.();
}
