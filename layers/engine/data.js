// The page's data: events, places, claims, and the shapes they are drawn with (layers/payload.py).
"use strict";

bordermap.data = (() => {
  const DEGREE = 10000;
  const { columns, texts, json } = bordermap.blobs;

  // Web Mercator on the unit square, y down: Leaflet's zoom 0 is this times 256.
  const mercatorX = (lon) => lon / 360 + 0.5;
  function mercatorY(lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  // Positions of the places and, behind them, of the stubs.
  function positions(events) {
    const places = events.place_lon.length;
    const count = places + events.stub_lon.length;
    const xs = new Float64Array(count);
    const ys = new Float64Array(count);
    for (let at = 0; at < count; at++) {
      const [lons, lats, from] = at < places ? [events.place_lon, events.place_lat, 0] : [events.stub_lon, events.stub_lat, places];
      xs[at] = mercatorX(lons[at - from] / DEGREE);
      ys[at] = mercatorY(lats[at - from] / DEGREE);
    }
    return [xs, ys];
  }

  // Where each event's line begins and ends: at its place, or at the stub that stands for an unknown one.
  function ends(events, role, stub) {
    const places = events.place_lon.length;
    const found = new Int32Array(events[role].length);
    for (let event = 0; event < found.length; event++) {
      found[event] = events[stub][event] ? places + events[stub][event] - 1 : events[role][event];
    }
    return found;
  }

  // Rings of a layer: for each geometry a Path2D on the unit square times 256, its box, and its largest ring.
  function paths(arrays, prefix) {
    const [of, fill, size] = ["of", "fill", "size"].map((name) => arrays[`${prefix}_${name}`]);
    const [dlon, dlat] = ["dlon", "dlat"].map((name) => arrays[`${prefix}_${name}`]);
    const found = [];
    let at = 0;
    for (let ring = 0; ring < of.length; ring++) {
      const geometry = (found[of[ring]] ??= {
        path: new Path2D(), filled: fill[ring] === 1, west: 1, east: 0, north: 1, south: 0,
      });
      let lon = 0;
      let lat = 0;
      for (let step = 0; step < size[ring]; step++, at++) {
        lon += dlon[at];
        lat += dlat[at];
        const x = mercatorX(lon / DEGREE);
        const y = mercatorY(lat / DEGREE);
        if (x < geometry.west) geometry.west = x;
        if (x > geometry.east) geometry.east = x;
        if (y < geometry.north) geometry.north = y;
        if (y > geometry.south) geometry.south = y;
        if (step === 0) geometry.path.moveTo(x * 256, y * 256);
        else geometry.path.lineTo(x * 256, y * 256);
      }
      if (fill[ring] === 1) geometry.path.closePath();
    }
    return found;
  }

  // Where each list of a column begins: one longer than the sizes.
  function offsets(sizes) {
    const found = new Int32Array(sizes.length + 1);
    for (let at = 0; at < sizes.length; at++) found[at + 1] = found[at] + sizes[at];
    return found;
  }

  // Claims' days travel as their distance to the event's, or to 1970 where it has none.
  function undistance(days, since, claimsAt) {
    const { NO_DAY } = bordermap.clock;
    for (let event = 0; event < since.length; event++) {
      if (since[event] === NO_DAY) continue;
      for (let claim = claimsAt[event]; claim < claimsAt[event + 1]; claim++) {
        if (days[claim] !== NO_DAY) days[claim] += since[event];
      }
    }
  }

  // The place on which a point stands: its own, else the gate or end that is said (layers/frames.py, spots).
  function spots({ layer, place, crossing, destination, origin, place_country: isCountry }) {
    return place.map((own, event) => {
      const order = layer[event] === 1
        ? [own, origin[event], crossing[event], destination[event]]
        : [own, crossing[event], destination[event], origin[event]];
      return order.find((at) => at >= 0 && !isCountry[at]) ?? -1;
    });
  }

  class Data {
    constructor(facts, events, names) {
      this.facts = facts;
      this.events = events;
      this.count = events.layer.length;
      this.actors = names.actor;
      this.sources = names.source;
      [this.x, this.y] = positions(events);
      this.from = ends(events, "origin", "stub_from");
      this.to = ends(events, "destination", "stub_to");
      this.actorsAt = offsets(events.actor_size);
      this.claimsAt = offsets(events.n_claims);
      this.shapes = paths(events, "shape");
      this.spot = spots(events);
      undistance(events.claim_start, events.start, this.claimsAt);
      undistance(events.claim_end, events.end, this.claimsAt);
      undistance(events.claim_reported, events.end, this.claimsAt);
    }

    // Titles and names, without which marks can be drawn but nothing written.
    async openTexts() {
      this.texts = await texts("texts");
    }

    eventId(event) {
      return this.texts.of("event_id", event);
    }

    eventOf(id) {
      if (!this.numbers) {
        this.numbers = new Map();
        for (let event = 0; event < this.count; event++) this.numbers.set(this.eventId(event), event);
      }
      return this.numbers.get(id) ?? -1;
    }

    title(event) {
      return this.texts.of("title", event);
    }

    titleAr(event) {
      return this.texts.of("title_ar", event);
    }

    // The numbers in the sources' words; what is counted is added where the words do not say it and it is not people.
    countTexts(event) {
      const said = this.texts.of("count_texts", event);
      const unit = bordermap.words.english.units[this.events.count_unit[event]];
      return !said || !unit || unit === "people" || said.toLowerCase().includes(unit) ? said : `${said} (${unit})`;
    }

    dateTexts(event) {
      return this.texts.of("date_texts", event);
    }

    placeName(place) {
      return this.texts.of("place_name", place);
    }

    // The middle of an event's mark on the unit square.
    middle(event) {
      const line = this.events.mark[event] === 2 || this.events.mark[event] === 3;
      const ends = line ? [this.from[event], this.to[event]] : [this.spot[event], this.spot[event]];
      return [(this.x[ends[0]] + this.x[ends[1]]) / 2, (this.y[ends[0]] + this.y[ends[1]]) / 2];
    }

    onMap(event) {
      return this.events.mark[event] > 0;
    }

    // The claims' texts are many and read one event at a time: unpacked after the first marks are seen.
    claims() {
      return (this.claimsOpened ??= texts("claims"));
    }
  }

  async function open() {
    const facts = JSON.parse(document.getElementById("bordermap-facts").textContent);
    const [events, names] = await Promise.all([columns("columns"), json("names")]);
    return new Data(facts, events, names);
  }

  return { open, paths, mercatorX, mercatorY };
})();
