// The number on a mark that counts several, on its plate: on the map plates are drawn once, and then copied.
"use strict";

bordermap.badges = (() => {
  const { theme } = bordermap;
  const FONT = "600 11px system-ui, sans-serif";
  const HIGH = 9; // pixels from the middle up and down
  const EDGE = 2; // pixels around it for its outline

  const halves = new Map(); // half the width of a badge by what is written in it
  const plates = new Map(); // small canvases by all that they show

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

  function plateOf(half, tint, scale) {
    const key = [half, tint, theme.now.paper, scale].join(" ");
    let canvas = plates.get(key);
    if (!canvas) {
      canvas = document.createElement("canvas");
      canvas.width = Math.ceil(2 * (half + EDGE) * scale);
      canvas.height = Math.ceil(2 * (HIGH + EDGE) * scale);
      const context = canvas.getContext("2d");
      context.scale(scale, scale);
      drawPlate(context, half + EDGE, HIGH + EDGE, half, tint);
      plates.set(key, canvas);
    }
    return canvas;
  }

  // A picture has its plates as shapes; the map, which is drawn anew at each step, as copies on whole pixels.
  function paint(context, x, y, count, tint) {
    const written = bordermap.words.shortNumber(count);
    const half = halfOf(context, written);
    context.globalAlpha = 1;
    const { a: scale, e: right, f: down } = context.makePath ? { e: 1 } : context.getTransform();
    if (right || down) drawPlate(context, x, y, half, tint);
    else {
      const plate = plateOf(half, tint, scale);
      const whole = (pixels) => Math.round(pixels * scale) / scale;
      context.drawImage(plate, whole(x - half - EDGE), whole(y - HIGH - EDGE), plate.width / scale, plate.height / scale);
    }
    context.font = FONT;
    context.fillStyle = theme.now.badge;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = bordermap.dom.directionOf(written);
    context.fillText(written, x, y + 0.5);
  }

  return { paint };
})();
