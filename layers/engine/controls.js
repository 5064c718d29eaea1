// The map's own controls, in the page's words and on the side where its lines end.
"use strict";

bordermap.controls = (() => {
  const UNITS = { km: "km", m: "metres", mi: "mi", ft: "feet" }; // as Leaflet writes them

  // To how many metres Natural Earth's 1:10 million is right, and from how many pixels on that is seen: a town may then
  // stand on the wrong bank.
  const ACCURACY_M = 3000;
  const SEEN_PX = 16;

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
      this.accuracy = "";
      map.on("zoomend", () => this.writeAccuracy());
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
      this.writeAccuracy();
    }

    // Close by, that the lines are not as sure as they look stands beside whose they are.
    writeAccuracy() {
      const { attributionControl: control } = this.map;
      const told = ACCURACY_M / this.metresOfPixel() < SEEN_PX ? "" : bordermap.words.say("accurateTo", { km: ACCURACY_M / 1000 });
      if (told === this.accuracy) return;
      if (this.accuracy) control.removeAttribution(this.accuracy);
      if (told) control.addAttribution(told);
      this.accuracy = told;
    }

    metresOfPixel() {
      const { map } = this;
      const middle = map.latLngToContainerPoint(map.getCenter());
      return map.distance(map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([1, 0])));
    }
  }

  return { Controls };
})();
