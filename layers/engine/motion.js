// Takes the movement out of the map for readers whose system asks for none.
"use strict";

bordermap.motion = (() => {
  const reduced = Boolean(globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches);

  if (reduced) {
    const { panBy } = L.Map.prototype;
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, inertia: false });
    L.Map.include({
      panBy(offset, options) {
        return panBy.call(this, offset, { ...options, animate: false });
      },
    });
  }

  return { reduced };
})();
