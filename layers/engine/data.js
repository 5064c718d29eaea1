// Unpacks what layers/payload.py put into the page: columns, words, claims and the basemap.
"use strict";

bordermap.data = (() => {
  const DEGREE = 10000;
  const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array };
  const text = new TextDecoder();

  function bytesOf(id) {
    const node = document.getElementById(`bordermap-${id}`);
    const written = node.textContent.trim();
    node.remove();
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(written);
    return Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
  }

  async function inflated(id) {
    const stream = new Blob([bytesOf(id)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
  }

  async function columns(id) {
    const buffer = await inflated(id);
    const head = new DataView(buffer).getUint32(0, true);
    const manifest = JSON.parse(text.decode(new Uint8Array(buffer, 4, head)));
    const arrays = {};
    for (const [name, type, offset, length] of manifest) {
      arrays[name] = new ARRAYS[type](buffer, 4 + head + offset, length);
    }
    return arrays;
  }

  async function words(id) {
    return JSON.parse(text.decode(await inflated(id)));
  }

  // Web Mercator on the unit square, y down: Leaflet's zoom 0 is this times 256.
  const mercatorX = (lon) => lon / 360 + 0.5;
  function mercatorY(lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  function projected(lons, lats) {
    const xs = new Float64Array(lons.length);
    const ys = new Float64Array(lons.length);
    for (let at = 0; at < lons.length; at++) {
      xs[at] = mercatorX(lons[at] / DEGREE);
      ys[at] = mercatorY(lats[at] / DEGREE);
    }
    return [xs, ys];
  }

  // Rings of a layer: for each geometry a Path2D on the unit square times 256, and whether it is filled.
  function paths(arrays, prefix) {
    const [of, fill, size] = ["of", "fill", "size"].map((name) => arrays[`${prefix}_${name}`]);
    const [dlon, dlat] = ["dlon", "dlat"].map((name) => arrays[`${prefix}_${name}`]);
    const found = [];
    let at = 0;
    for (let ring = 0; ring < of.length; ring++) {
      const geometry = (found[of[ring]] ??= {
        path: new Path2D(), filled: fill[ring] === 1, west: 1, east: 0, north: 1, south: 0, ring: null,
      });
      let lon = 0;
      let lat = 0;
      const points = [];
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
        points.push(x, y);
      }
      if (fill[ring] === 1) geometry.path.closePath();
      if (!geometry.ring || geometry.ring.length < points.length) geometry.ring = points;
    }
    return found;
  }

  // Where each list of a column begins: one longer than the sizes.
  function offsets(sizes) {
    const found = new Int32Array(sizes.length + 1);
    for (let at = 0; at < sizes.length; at++) found[at + 1] = found[at] + sizes[at];
    return found;
  }

  async function open() {
    const facts = JSON.parse(document.getElementById("bordermap-facts").textContent);
    const [events, said] = await Promise.all([columns("columns"), words("words")]);
    const data = { facts, events, words: said, count: events.layer.length };
    [events.x, events.y] = projected(events.lon, events.lat);
    [events.place_x, events.place_y] = projected(events.place_lon, events.place_lat);
    data.pointsAt = offsets(events.points);
    data.actorsAt = offsets(events.actor_size);
    data.shapes = paths(events, "shape");
    const claims = new Int32Array(data.count + 1);
    let loose = 0;
    for (const event of events.claim_event) {
      if (event < 0) loose++;
      else claims[event + 1]++;
    }
    claims[0] = loose;
    for (let event = 0; event < data.count; event++) claims[event + 1] += claims[event];
    data.claimsAt = claims;
    // The claims' texts are many and read one event at a time: unpacked after the first marks are seen.
    data.claims = () => (data.claimsOpened ??= words("claims"));
    return data;
  }

  return { open, columns, words, paths, mercatorX, mercatorY, DEGREE };
})();
