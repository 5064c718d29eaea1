// The page's data: events, places, claims, and the shapes they are drawn with (layers/payload.py).
"use strict";

bordermap.data = (() => {
  const DEGREE = 10000;
  const { UNITS } = bordermap.ranges; // as sources write them, whatever the page speaks
  const PEOPLE = 0;
  const WITHHELD = new Set(["[withheld]", "[محجوب]"]); // as claims/publication/columns.py has it
  const { beginsOf, columns, texts, json } = bordermap.blobs;

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

  // Rings of a layer: for each geometry a Path2D on the unit square times 256, its box, and its rings.
  function paths(arrays, prefix) {
    const [of, fill, size] = ["of", "fill", "size"].map((name) => arrays[`${prefix}_${name}`]);
    const [dlon, dlat] = ["dlon", "dlat"].map((name) => arrays[`${prefix}_${name}`]);
    const found = [];
    let at = 0;
    for (let ring = 0; ring < of.length; ring++) {
      const geometry = (found[of[ring]] ??= {
        path: new Path2D(), rings: [], filled: fill[ring] === 1, west: 1, east: 0, north: 1, south: 0,
      });
      geometry.rings.push([at, size[ring], dlon, dlat]);
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

  // A geometry's path as a context takes it: one that is no canvas has it traced anew.
  function pathFor(geometry, context) {
    if (!context.makePath) return geometry.path;
    const path = context.makePath();
    for (const [begin, size, dlon, dlat] of geometry.rings) {
      let [lon, lat] = [0, 0];
      for (let at = begin; at < begin + size; at++) {
        lon += dlon[at];
        lat += dlat[at];
        path[at === begin ? "moveTo" : "lineTo"](mercatorX(lon / DEGREE) * 256, mercatorY(lat / DEGREE) * 256);
      }
      if (geometry.filled) path.closePath();
    }
    return path;
  }

  // Claims' days travel as their distance to the event's, or to 1970 where it has none.
  function undistance(days, since, claimsAt) {
    const { NO_DAY } = bordermap.clock;
    for (let event = 0; event + 1 < claimsAt.length; event++) {
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
      this.rows = events.layer.length;
      this.count = this.rows - events.version_of.length;
      this.actors = names.actor;
      this.sources = names.source;
      this.sideNames = names.side;
      this.sides = [...new Set(names.actor.side)].sort();
      this.sideOf = names.actor.side.map((side) => this.sides.indexOf(side));
      [this.x, this.y] = positions(events);
      this.from = ends(events, "origin", "stub_from");
      this.to = ends(events, "destination", "stub_to");
      this.actorsAt = beginsOf(events.actor_size);
      this.claimsAt = beginsOf(events.n_claims.subarray(0, this.count));
      this.shapes = paths(events, "shape");
      this.spot = spots(events);
      this.versionsAt = this.versions();
      this.knowing = new bordermap.knowing.Knowing(this);
    }

    // Where each event's earlier versions begin among the rows; they lie behind the events' last, in their order.
    versions() {
      const sizes = new Int32Array(this.count);
      for (const event of this.events.version_of) sizes[event]++;
      return beginsOf(sizes).map((at) => at + this.count);
    }

    // The event of which a row is a version.
    eventOf(row) {
      return row < this.count ? row : this.events.version_of[row - this.count];
    }

    // The claims' columns, titles and names, without which marks can be drawn but nothing written.
    async openTexts() {
      const { events } = this;
      await columns("claim-columns"); // join those of the events
      this.rootCount = events.claim_root.reduce((most, root) => Math.max(most, root), -1) + 1;
      undistance(events.claim_start, events.start, this.claimsAt);
      undistance(events.claim_end, events.end, this.claimsAt);
      undistance(events.claim_reported, events.end, this.claimsAt);
      this.texts = await texts("texts");
      if (this.facts.large) this.days ??= await columns("days");
    }

    eventId(event) {
      return this.texts.of("event_id", event);
    }

    eventNamed(id) {
      if (!this.numbers) {
        this.numbers = new Map();
        for (let event = 0; event < this.count; event++) this.numbers.set(this.eventId(event), event);
      }
      return this.numbers.get(id) ?? -1;
    }

    // An event's title in the page's language, where it has one in it; of one that is withheld what is known besides.
    title(row) {
      if (!this.isUntitled(row)) return this.named("title", this.eventOf(row));
      const { list, say } = bordermap.words;
      const what = [list("kinds")[this.events.kind[row]], bordermap.list.way(this, row)].filter(Boolean);
      return say("titleWithheld", { what: what.join(say("comma")) });
    }

    isUntitled(row) {
      return WITHHELD.has(this.named("title", this.eventOf(row)));
    }

    // Its title in another language; empty where it has none.
    otherTitle(row) {
      if (this.isUntitled(row)) return "";
      const event = this.eventOf(row);
      const shown = this.title(row);
      const titles = ["", ...bordermap.words.endings].map((ending) => this.text(`title${ending}`, event));
      return titles.find((title) => title && title !== shown) ?? "";
    }

    // What the texts say under a name in the page's language.
    named(name, row) {
      return bordermap.words.own(name, (column) => this.text(column, row));
    }

    text(name, row) {
      return this.texts.has(name) ? this.texts.of(name, row) : "";
    }

    // The numbers in the sources' words; what is counted is added where the words do not say it and it is not people.
    countTexts(row) {
      const said = this.texts.of("count_texts", row);
      const unit = this.events.count_unit[row];
      if (!said || !(unit > PEOPLE && unit < UNITS.length) || said.toLowerCase().includes(UNITS[unit])) return said;
      return `${said} (${bordermap.words.list("units")[unit]})`;
    }

    dateTexts(row) {
      return this.texts.of("date_texts", row);
    }

    placeName(place) {
      return bordermap.words.placed(this.named("place_name", place));
    }

    actorName(actor) {
      return bordermap.words.own("name", (column) => this.actors[column]?.[actor]);
    }

    // A side of `sides`; one that the collection does not name is called by its id.
    sideName(side) {
      const id = this.sides[side];
      const row = this.sideNames.side.indexOf(id);
      return row < 0 ? id.replaceAll("-", " ") : bordermap.words.own("name", (column) => this.sideNames[column]?.[row]);
    }

    // The middle of a row's mark on the unit square.
    middle(row) {
      const line = this.events.mark[row] === 2 || this.events.mark[row] === 3;
      const ends = line ? [this.from[row], this.to[row]] : [this.spot[row], this.spot[row]];
      return [(this.x[ends[0]] + this.x[ends[1]]) / 2, (this.y[ends[0]] + this.y[ends[1]]) / 2];
    }

    onMap(row) {
      return this.events.mark[row] > 0;
    }

    // The claims of a row: of its event, those reported by the day it was known.
    claimsOf(row, day = bordermap.state.ALWAYS) {
      const event = this.eventOf(row);
      const found = [];
      for (let claim = this.claimsAt[event]; claim < this.claimsAt[event + 1]; claim++) {
        if (this.events.claim_reported[claim] <= day) found.push(claim);
      }
      return found;
    }

    // The claims of no event, which stand behind all others: those reported by a day.
    looseClaims(day) {
      const { claim_reported: reported } = this.events;
      const found = [];
      for (let claim = this.claimsAt[this.count]; claim < reported.length; claim++) if (reported[claim] <= day) found.push(claim);
      return found;
    }

    // Hold what another holds, in whose place it is read from now on.
    become(other) {
      for (const name of Object.keys(this)) delete this[name];
      Object.assign(this, other);
    }

    // The claims' texts are many and read one event at a time: unpacked after the first marks are seen.
    claims() {
      return (this.claimsOpened ??= texts("claims"));
    }
  }

  async function open() {
    return load(JSON.parse(document.getElementById("bordermap-facts").textContent));
  }

  async function load(facts) {
    const [events, names] = await Promise.all([columns("columns"), json("names")]);
    return new Data(facts, events, names);
  }

  // Some events of a large set, from blobs that its host has handed over; complete, for one load at a time.
  async function again({ facts, days }, blobs) {
    bordermap.blobs.hand(blobs);
    const data = await load(facts);
    data.days = days;
    await data.openTexts();
    await data.claims();
    return data;
  }

  return { open, again, paths, pathFor, mercatorX, mercatorY };
})();
