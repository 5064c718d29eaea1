// The days under the map: how many events each shows by layer, and under them which days any source speaks of.
"use strict";

bordermap.histogram = (() => {
  const { make, by } = bordermap.dom;
  const { ON, BY, NO_DAY } = bordermap.clock;
  const { theme } = bordermap;
  const AXIS = 17; // pixels of the days' names
  const STRIP = 9; // of the sources
  const TEXTURES = ["full", "stripes", "dots", "outline"]; // by layer, so that they are told apart without colour

  class Histogram {
    constructor(data, state) {
      Object.assign(this, { data, state, canvas: by("days"), cursor: by("cursor"), mark: by("known-mark") });
      this.tip = by("days-tip");
      const dayAt = ({ clientX }) => {
        const { left, right, width } = this.canvas.getBoundingClientRect();
        const part = bordermap.words.direction === "rtl" ? (right - clientX) / width : (clientX - left) / width;
        return state.firstDay + Math.floor(part * this.days);
      };
      const drag = (event) => {
        if (event.type === "pointermove") this.point(event, dayAt(event));
        if (event.type === "pointermove" && !(event.buttons & 1)) return;
        if (event.type === "pointerdown" && event.button !== 0) return;
        if (event.type === "pointerdown") this.canvas.setPointerCapture(event.pointerId);
        state.set({ day: dayAt(event) });
      };
      this.canvas.addEventListener("pointerdown", drag);
      this.canvas.addEventListener("pointermove", drag);
      this.canvas.addEventListener("pointerleave", () => (this.tip.hidden = true));
      new ResizeObserver(() => this.draw()).observe(this.canvas);
    }

    get days() {
      return this.state.lastDay - this.state.firstDay + 1;
    }

    // Say of the day under the pointer how many sources speak of it.
    point({ clientX }, day) {
      if (!this.reports || day < this.state.firstDay || day > this.state.lastDay) return;
      const at = day - this.state.firstDay;
      const { say, fullDay } = bordermap.words;
      const [speak, came] = [this.reports.speak[at], this.reports.came[at]];
      const lines = this.data.days ? [say("largeReported", { n: speak })] : [speak ? say("stripSpeak", { n: speak }) : say(this.data.facts.published ? "stripNonePublished" : "stripNone"), came ? say("stripCame", { n: came }) : ""];
      this.tip.replaceChildren(make("b", { text: fullDay(day) }), ...lines.filter(Boolean).map((text) => make("small", { text })));
      this.tip.hidden = false;
      const { left, width } = this.canvas.getBoundingClientRect();
      this.tip.style.left = `${Math.max(0, Math.min(clientX - left - this.tip.offsetWidth / 2, width - this.tip.offsetWidth))}px`;
    }

    // Events by day and layer. Where only what is known has changed, only the versions of which that tells are counted.
    count() {
      const { state, data, days } = this;
      if (data.days) return this.take(data.days);
      if (this.filtered === state.filtered) {
        data.knowing.change(this.knownDay, state.knownDay, (row) => this.add(row, -1), (row) => this.add(row, 1));
      } else {
        this.steps = Array.from({ length: 4 }, () => new Float64Array(days + 1));
        for (const row of state.rows) this.add(row, 1);
      }
      this.sums = this.steps.map(summed);
      this.reports = bordermap.reports.of(data, state).on(state.knownDay);
      Object.assign(this, { filtered: state.filtered, knownDay: state.knownDay });
    }

    // The bars of a large set are what its host has counted: all events of the layers that are on.
    take({ shown, reported }) {
      this.sums = this.state.layers.map((on, layer) =>
        Float64Array.from({ length: this.days }, (_, day) => (on ? shown[4 * day + layer] : 0)));
      this.reports = { speak: reported, came: new Int32Array(this.days) };
    }

    // Add or take away a row: one that may have been on n days counts as 1/n on each.
    add(row, sign) {
      const { state } = this;
      const { start, end, date_kind: kind, layer } = this.data.events;
      if (!state.passing[row] || end[row] === NO_DAY || kind[row] > BY) return;
      const first = kind[row] === BY || start[row] === NO_DAY ? end[row] : start[row];
      if (end[row] < state.firstDay || first > state.lastDay) return;
      const weight = sign * (kind[row] === ON ? 1 / (end[row] - first + 1) : 1);
      const steps = this.steps[layer[row]];
      steps[Math.max(first, state.firstDay) - state.firstDay] += weight;
      steps[Math.min(end[row], state.lastDay) - state.firstDay + 1] -= weight;
    }

    draw() {
      const { canvas } = this;
      const { clientWidth: width, clientHeight: height } = canvas;
      if (width === 0) return;
      if (!this.sums) this.count();
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      this.paint(context, width, height);
      this.writeDay();
    }

    // Paint bars, strip and axis into a context of the given size; a picture uses it too.
    paint(context, width, height) {
      const bar = width / this.days;
      this.bar = bar;
      this.mirrored = bordermap.words.direction === "rtl";
      this.xOf = (day) => (this.mirrored ? width - (day + 1) * bar : day * bar);
      const foot = height - AXIS - STRIP - 3;
      this.drawBars(context, foot, bar);
      this.drawStrip(context, foot + 3, bar);
      this.drawAxis(context, width, height, bar);
    }

    drawBars(context, foot, bar) {
      const { sums, days } = this;
      const room = foot - 4;
      let most = 1;
      for (let day = 0; day < days; day++) most = Math.max(most, sums[0][day] + sums[1][day] + sums[2][day] + sums[3][day]);
      const gap = bar > 5 ? 2 : bar > 2.5 ? 1 : 0;
      for (let day = 0; day < days; day++) {
        let y = foot;
        for (let layer = 0; layer < 4; layer++) {
          const high = (sums[layer][day] / most) * room;
          if (high > 0) this.drawBar(context, this.xOf(day) + gap / 2, y - high, bar - gap, high, layer);
          y -= high;
        }
      }
      context.globalAlpha = 1;
      context.fillStyle = theme.now.axis;
      context.fillRect(0, foot, this.days * bar, 1);
    }

    // Each layer has a texture of its own besides its colour.
    drawBar(context, x, y, width, height, layer) {
      const tint = theme.now.layers[layer];
      const texture = width >= 2 && height >= 3 ? TEXTURES[layer] : "full";
      context.fillStyle = context.strokeStyle = tint;
      context.globalAlpha = texture === "outline" ? 0.25 : 0.9;
      context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
      if (texture === "outline") {
        context.lineWidth = Math.min(1, width / 3);
        context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      } else if (texture !== "full") {
        context.fillStyle = theme.now.paper;
        for (let line = y + height - 3; line > y + 0.5; line -= 4) {
          if (texture === "stripes") context.fillRect(x, line, width, 1.2);
          else if (width < 4) context.fillRect(x + width / 3, line - 0.5, width / 3, 1.6); // a hole, where a stripe goes through
          else for (let dot = x + 1.5; dot < x + width - 1; dot += 4) context.fillRect(dot, line - 0.5, 1.4, 1.4);
        }
      }
    }

    // A cell a day: the darker, the more sources speak of it; a hollow one is a day without any report.
    drawStrip(context, top, bar) {
      const { reports, days } = this;
      if (!reports) return;
      const most = reports.speak.reduce((most, speak) => Math.max(most, speak), 1);
      const gap = bar > 5 ? 2 : bar > 2.5 ? 1 : 0;
      for (let day = 0; day < days; day++) {
        const x = this.xOf(day) + gap / 2;
        context.fillStyle = context.strokeStyle = theme.now.ink;
        if (reports.speak[day]) {
          context.globalAlpha = 0.25 + 0.65 * (reports.speak[day] / most);
          context.fillRect(x, top + 1, bar - gap, STRIP - 3);
        } else if (bar > 3) {
          context.globalAlpha = 0.35;
          context.lineWidth = 0.8;
          context.strokeRect(x + 0.5, top + 1.5, bar - gap - 1, STRIP - 4);
        }
        context.globalAlpha = 1;
        if (reports.came[day] && bar > 3) {
          context.fillStyle = theme.now.paper;
          context.beginPath();
          context.arc(x + (bar - gap) / 2, top + (STRIP - 1) / 2, Math.min(1.8, bar / 4), 0, 2 * Math.PI);
          context.fill();
        }
      }
    }

    drawAxis(context, width, height, bar) {
      const { state, days } = this;
      context.font = "11.5px system-ui, sans-serif";
      context.textBaseline = "alphabetic";
      context.textAlign = "center";
      context.fillStyle = theme.now.soft;
      const write = days > 400 ? bordermap.words.fullDay : bordermap.words.shortDay;
      const widest = Math.max(...Array.from({ length: 12 }, (_, month) => context.measureText(write(state.firstDay + 30 * month)).width));
      const every = [1, 2, 5, 7, 14, 28, 61, 91, 182, 365].find((step) => step * bar >= widest + 14) ?? 730;
      let taken = this.mirrored ? width : 0;
      for (let day = 0; day < days; day += every) {
        const text = write(state.firstDay + day);
        const half = context.measureText(text).width / 2;
        const x = this.xOf(day) + bar / 2;
        if (x + half > width && !this.mirrored) break;
        if (x - half < 0 && this.mirrored) break;
        const middle = Math.max(half + 1, Math.min(x, width - half - 1));
        if (day && (this.mirrored ? middle + half > taken : middle - half < taken)) continue; // the first is moved in from the edge
        taken = this.mirrored ? middle - half - 8 : middle + half + 8;
        context.fillText(text, middle, height - 3);
      }
    }

    // Frame the days that are shown, and mark the last day whose reports count.
    writeDay() {
      const { state, bar, cursor, mark } = this;
      if (!bar) return;
      const [first, last] = [state.first, state.last].map((day) => day - state.firstDay);
      const side = this.mirrored ? "right" : "left";
      const other = this.mirrored ? "left" : "right";
      cursor.style[side] = `${first * bar}px`;
      cursor.style[other] = "auto";
      cursor.style.width = `${Math.max(4, (last - first + 1) * bar)}px`;
      mark.hidden = state.known === null;
      if (mark.hidden) return;
      mark.style[side] = `${Math.min(this.days, state.knownDay - state.firstDay + 1) * bar - 1}px`;
      mark.style[other] = "auto";
    }
  }

  // Differences from day to day, added up; what is left of adding and taking away fractions is nothing.
  function summed(steps) {
    let sum = 0;
    return steps.map((step) => {
      sum += step;
      return Math.abs(sum) < 1e-9 ? 0 : sum;
    });
  }

  return { Histogram };
})();
