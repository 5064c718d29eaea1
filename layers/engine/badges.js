// The number on a mark that counts several, on its plate.
"use strict";

bordermap.badges = (() => {
  const { theme } = bordermap;
  const FONT = "600 11px system-ui, sans-serif";
  const HIGH = 9; // pixels from the middle up and down
  const EDGE = 2; // pixels around it for its outline

  const halves = new Map(); // half the width of a badge by what is written in it

  function halfOf(context, written) {
    let half = halves.get(written);
    if (half === undefined) {
      context.font = FONT;
      halves.set(written, (half = Math.max(HIGH, Math.ceil(context.measureText(written).width / 2 + 5))));
    }
    return half;
  }

  function drawPlate(context, x, y, half, tint) {
    context.beginPath();
    context.roundRect(x - half, y - HIGH, 2 * half, 2 * HIGH, HIGH);
    context.fillStyle = tint;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = theme.now.paper;
    context.stroke();
  }

  function paint(context, x, y, count, tint) {
    const written = bordermap.words.shortNumber(count);
    const half = halfOf(context, written);
    const scale = bordermap.stamps.scaleOf(context);
    const plate = (on, left, top) => drawPlate(on, left, top, half, tint);
    context.globalAlpha = 1;
    if (scale) bordermap.stamps.put(context, scale, `plate ${half} ${tint}`, x, y, half + EDGE, HIGH + EDGE, plate);
    else plate(context, x, y);
    context.font = FONT;
    context.fillStyle = theme.now.badge;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = bordermap.dom.directionOf(written);
    context.fillText(written, x, y + 0.5);
  }

  return { paint };
})();
