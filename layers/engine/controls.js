// The map's own controls, in the page's words and on the side where its lines end.
"use strict";

bordermap.controls = (() => {
  const UNITS = { km: "km", m: "metres", mi: "mi", ft: "feet" }; // as Leaflet writes them

  const Scale = L.Control.Scale.extend({
    _updateScale(line, text, ratio) {
      const [length, unit] = text.split(" ");
      line.style.width = `${Math.round(this.options.maxWidth * ratio)}px`;
      line.textContent = bordermap.words.say(UNITS[unit], { n: Number(length) });
    },
  });

  class Controls {
    constructor(map) {
      this.map = map;
      this.controls = [];
    }

    // Leaflet's controls take their words and their corner when they are made.
    write() {
      const { say, language, direction } = bordermap.words;
      if (this.language === language) return;
      this.language = language;
      const { map } = this;
      const [start, end] = direction === "rtl" ? ["right", "left"] : ["left", "right"];
      for (const control of this.controls) control.remove();
      this.controls = [
        new Scale({ position: `bottom${start}` }),
        L.control.zoom({ position: `top${end}`, zoomInTitle: say("zoomIn"), zoomOutTitle: say("zoomOut") }),
      ];
      for (const control of this.controls) control.addTo(map);
      map.attributionControl.setPosition(`bottom${end}`);
    }
  }

  return { Controls };
})();
