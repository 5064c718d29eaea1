// A picture of the day and view for web and print: the same for a canvas and for an SVG.
"use strict";

bordermap.picture = (() => {
  const { theme } = bordermap;
  const { wide, tall, listing, further } = bordermap.arrange;
  // Pixels as they are laid out, and how many of the file's own each of them is; a height is none where it is what fits.
  const SIZES = {
    web: { width: 1200, height: 675, unit: 1, lay: wide },
    column: { width: 600, height: null, unit: 1, lay: tall, columns: 2, map: 0.86, head: 27, key: 12, notes: 10.5 },
    page: { width: 900, height: 1200, unit: 2, lay: tall, columns: 3, map: null, head: 36, key: 12 },
    a4: { width: 800, height: 1131, unit: 1.55, lay: listing, columns: 4, head: 28, key: 9.5 },
    sheet: { width: 800, height: 1160, unit: 1, lay: listing, columns: 4, head: 28, key: 9.5 }, // what is printed, within the paper's margins
    further: { width: 800, height: 1160, unit: 1, lay: further, head: 28 }, // and what follows it
  };
  const SHARP = 2; // a PNG's pixels for each of the file's

  const PRINTED = ["sheet", "further"];

  // What a picture is made from: the page's parts, and what the reader has written for it. It lists the events behind
  // the first `from`; what it has no room for is on another sheet, where it `goesOn`.
  class Picture {
    constructor({ data, state, scene }, { size, headline, credit, from = 0, goesOn = false }) {
      Object.assign(this, { data, state, scene, headline, credit, from, goesOn });
      this.size = SIZES[size];
      this.tell();
      theme.within(() => (this.layout = this.size.lay(this)));
      this.width = this.size.width;
      this.height = Math.ceil(this.layout.height);
    }

    // The words of the picture, each once.
    tell() {
      const { data, state } = this;
      const { words, captions } = bordermap;
      this.day = `${words.weekday(state.day)}${words.say("comma")}${words.longDay(state.day)}`;
      this.span = bordermap.heading.spanOf(state);
      this.when = [this.day, this.span].filter(Boolean).join(words.say("comma"));
      this.empty = state.met ? "" : bordermap.list.emptyWords(data, state);
      this.numbers = captions.numbers(data, state);
      this.sources = captions.sources(data, state);
      this.citation = captions.citation(data, state);
      this.boundaries = captions.boundaries(data);
    }

    // What is of these days and not on the picture's map.
    notDrawn({ seen }) {
      const drawn = [...seen.arrows, ...seen.points].reduce((sum, mark) => sum + mark.count, 0);
      return bordermap.captions.notDrawn(this.data, this.state, this.state.shownCount - drawn);
    }

    about() {
      const { map } = this.layout;
      return [this.day, this.span, this.empty, this.numbers, map ? this.notDrawn(map) : "", this.sources].filter(Boolean).join(". ");
    }

    paint(context) {
      theme.within(() => {
        context.globalAlpha = 1;
        context.fillStyle = theme.now.paper;
        context.fillRect(0, 0, this.width, this.height);
        this.layout.paint(context);
      });
    }

    canvas(ratio = this.size.unit * SHARP, canvas = document.createElement("canvas")) {
      canvas.width = Math.round(this.width * ratio);
      canvas.height = Math.round(this.height * ratio);
      const context = canvas.getContext("2d", { alpha: false });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.paint(context);
      return canvas;
    }

    svg() {
      const { language, direction } = bordermap.words;
      const title = bordermap.dom.visible(this.headline) || bordermap.heading.titleOf(this.data.facts);
      const context = bordermap.svg.picture(this.width, this.height, this.size.unit, { title, about: this.about(), language, direction });
      this.paint(context);
      return context;
    }
  }

  return { Picture, SIZES: Object.keys(SIZES).filter((size) => !PRINTED.includes(size)) };
})();
