// Small drawings that come again and again: on the map each is drawn once, and then copied to whole pixels.
"use strict";

bordermap.stamps = (() => {
  const MOST = 500; // drawings that are kept
  const kept = new Map(); // small canvases by all that they show

  // The scale at which a context takes copies; 0 for a picture's file, which has shapes, and for a context that is moved.
  function scaleOf(context) {
    if (context.makePath) return 0;
    const { a: scale, e: right, f: down } = context.getTransform();
    return right || down ? 0 : scale;
  }

  function made(name, wide, high, scale, draw) {
    let canvas = kept.get(name);
    if (canvas) return canvas;
    if (kept.size >= MOST) kept.clear();
    canvas = document.createElement("canvas");
    canvas.width = Math.ceil(2 * wide * scale);
    canvas.height = Math.ceil(2 * high * scale);
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    draw(context, wide, high);
    kept.set(name, canvas);
    return canvas;
  }

  // Put at a point what `draw(context, x, y)` draws of a key, all of it within `wide` and `high` pixels to each side.
  function put(context, scale, key, x, y, wide, high, draw) {
    const canvas = made(`${key} ${bordermap.theme.now.paper} ${scale}`, wide, high, scale, draw);
    const whole = (pixels) => Math.round(pixels * scale) / scale;
    context.drawImage(canvas, whole(x - wide), whole(y - high), canvas.width / scale, canvas.height / scale);
  }

  return { scaleOf, put };
})();
