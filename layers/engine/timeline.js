// The days under the map: how many events each shows by layer, the day chosen, play, and the mode.
"use strict";

bordermap.timeline = (() => {
  const { make, by } = bordermap.dom;
  const { ON, BY, NO_DAY } = bordermap.clock;
  const STEP_MS = 850; // playing shows each day for this long
  const AXIS = 18;

  class Timeline {
    constructor(data, state) {
      this.data = data;
      this.state = state;
      this.canvas = by("days");
      this.cursor = by("cursor");
      this.slider = by("slider");
      this.button = by("play");
      this.playing = 0;
      this.slider.min = state.firstDay;
      this.slider.max = state.lastDay;
      this.slider.addEventListener("input", () => state.set({ day: Number(this.slider.value) }));
      this.button.addEventListener("click", () => this.play(!this.playing));
      const drag = (event) => {
        if (event.type === "pointermove" && !(event.buttons & 1)) return;
        if (event.type === "pointerdown") this.canvas.setPointerCapture(event.pointerId);
        const { left, width } = this.canvas.getBoundingClientRect();
        const days = state.lastDay - state.firstDay + 1;
        state.set({ day: state.firstDay + Math.floor(((event.clientX - left) / width) * days) });
      };
      this.canvas.addEventListener("pointerdown", drag);
      this.canvas.addEventListener("pointermove", drag);
      this.makeModes();
      new ResizeObserver(() => this.draw()).observe(this.canvas);
      this.writePlay();
    }

    makeModes() {
      const { state } = this;
      this.days = make("input", { type: "number", min: 1, max: 366, value: state.window, "aria-label": "Days in the window" });
      this.days.addEventListener("change", () => state.set({ mode: "window", window: Number(this.days.value) || state.window }));
      this.modes = ["day", "window", "sofar"].map((mode) => {
        const button = make("button", { type: "button" });
        button.addEventListener("click", () => state.set({ mode }));
        return { mode, button };
      });
      by("modes").append(...this.modes.map(({ button }) => button), make("label", {}, this.days, make("span", { text: "days" })));
      this.writeModes();
    }

    writeModes() {
      const { state } = this;
      const { english } = bordermap.words;
      const names = { day: english.day, window: `Last ${state.window} days`, sofar: english.sofar };
      for (const { mode, button } of this.modes) {
        button.textContent = names[mode];
        button.setAttribute("aria-pressed", String(mode === state.mode));
      }
      this.days.parentElement.hidden = state.mode !== "window";
      this.days.value = state.window;
    }

    // Events by day and layer: an event that may have been on n days counts as 1/n on each.
    count() {
      const { state, data } = this;
      const { start, end, date_kind: kind, layer } = data.events;
      const days = state.lastDay - state.firstDay + 1;
      const sums = Array.from({ length: 4 }, () => new Float64Array(days + 1));
      for (let event = 0; event < data.count; event++) {
        if (!state.passing[event] || end[event] === NO_DAY || kind[event] > BY) continue;
        const first = kind[event] === BY || start[event] === NO_DAY ? end[event] : start[event];
        if (end[event] < state.firstDay || first > state.lastDay) continue;
        const weight = kind[event] === ON ? 1 / (end[event] - first + 1) : 1;
        const sum = sums[layer[event]];
        sum[Math.max(first, state.firstDay) - state.firstDay] += weight;
        sum[Math.min(end[event], state.lastDay) - state.firstDay + 1] -= weight;
      }
      for (const sum of sums) for (let day = 1; day <= days; day++) sum[day] += sum[day - 1];
      this.sums = sums;
    }

    draw() {
      if (!this.sums) this.count();
      const { canvas, state, sums } = this;
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      const { clientWidth: width, clientHeight: height } = canvas;
      if (width === 0) return;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      const days = state.lastDay - state.firstDay + 1;
      const bar = width / days;
      const room = height - AXIS - 4;
      let most = 1;
      for (let day = 0; day < days; day++) most = Math.max(most, sums[0][day] + sums[1][day] + sums[2][day] + sums[3][day]);
      const gap = bar > 5 ? 2 : bar > 2.5 ? 1 : 0;
      for (let day = 0; day < days; day++) {
        let y = height - AXIS;
        for (let layer = 0; layer < 4; layer++) {
          const high = (sums[layer][day] / most) * room;
          context.fillStyle = bordermap.paint.COLOURS[layer];
          context.globalAlpha = layer === 3 ? 0.45 : 0.8;
          context.fillRect(day * bar + gap / 2, y - high, bar - gap, high);
          y -= high;
        }
      }
      context.globalAlpha = 1;
      this.drawAxis(context, width, height, bar, days);
      this.writeDay();
    }

    drawAxis(context, width, height, bar, days) {
      const { state } = this;
      context.fillStyle = "#cfc8b6";
      context.fillRect(0, height - AXIS, width, 1);
      context.font = "11.5px system-ui, sans-serif";
      context.textBaseline = "alphabetic";
      const every = [1, 2, 5, 7, 14, 28, 61, 91, 182, 365].find((step) => step * bar >= 62) ?? 730;
      for (let day = 0; day < days; day += every) {
        const x = day * bar + bar / 2;
        const text = days > 400 ? bordermap.words.fullDay(state.firstDay + day) : bordermap.words.shortDay(state.firstDay + day);
        const half = context.measureText(text).width / 2;
        if (x + half > width) break;
        context.fillStyle = "#cfc8b6";
        context.fillRect(x - 0.5, height - AXIS, 1, 4);
        context.fillStyle = "#6a6355";
        context.textAlign = "center";
        context.fillText(text, Math.max(x, half + 1), height - 3);
      }
      this.bar = bar;
    }

    writeDay() {
      const { state } = this;
      const days = state.mode === "day" ? 1 : state.mode === "window" ? state.window : state.day - state.firstDay + 1;
      const last = state.day - state.firstDay + 1;
      const first = Math.max(0, last - days);
      this.cursor.style.width = `${Math.max(4, (last - first) * this.bar)}px`;
      this.cursor.style.transform = `translateX(${first * this.bar}px)`;
      this.slider.value = state.day;
      const words = `${bordermap.words.weekday(state.day)} ${bordermap.words.longDay(state.day)}`;
      this.slider.setAttribute("aria-valuetext", words);
    }

    play(on) {
      clearInterval(this.playing);
      this.playing = 0;
      const { state } = this;
      if (on) {
        if (state.day >= state.lastDay) state.set({ day: state.firstDay });
        this.playing = setInterval(() => {
          if (state.day >= state.lastDay) this.play(false);
          else state.set({ day: state.day + 1 });
        }, STEP_MS);
      }
      this.writePlay();
    }

    writePlay() {
      const { english } = bordermap.words;
      this.button.setAttribute("aria-pressed", String(Boolean(this.playing)));
      this.button.setAttribute("aria-label", this.playing ? english.pause : english.play);
    }
  }

  return { Timeline };
})();
