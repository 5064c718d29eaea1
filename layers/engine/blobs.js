// Unpacks the blobs that layers/blobs.py, columns.py and texts.py made: columns, texts and JSON.
"use strict";

bordermap.blobs = (() => {
  const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array };
  const PEEK = 12;
  const FIRST = ["columns", "names"]; // stand before the engine (layers/payload.py)
  const CLAIMS = "claim-columns"; // columns that go on those of the events
  const utf8 = new TextDecoder();

  // The columns of events and claims, by which others and texts are told: opened first, and left as they are.
  let known = {};
  // Likewise the sources' outlets, and the texts in which the places' names are.
  let outlets = [];
  let named = null;

  // Digits of 91 by their letter's code.
  const digits = new Uint8Array(128);
  for (let code = 33, digit = 0; digit < 91; code++) {
    if (!'<"\\'.includes(String.fromCharCode(code))) digits[code] = digit++;
  }

  // Blobs that came later than the page, by name: they go before those in it.
  const handed = new Map();

  function writtenOf(id) {
    if (handed.has(id)) return handed.get(id);
    const node = document.getElementById(`bordermap-${id}`);
    const written = node.textContent.trim();
    node.remove();
    return written;
  }

  function hand(blobs) {
    for (const [name, written] of Object.entries(blobs)) handed.set(name, written);
  }

  // 13 bits of each two letters.
  function bytesOf(id) {
    const written = writtenOf(id);
    const bytes = new Uint8Array((written.length * 13) >> 4);
    let held = 0;
    let have = 0;
    for (let at = 0, byte = 0; byte < bytes.length; at += 2) {
      held = ((held << 13) | (digits[written.charCodeAt(at)] * 91 + digits[written.charCodeAt(at + 1)])) & 0xfffff;
      for (have += 13; have >= 8 && byte < bytes.length; have -= 8) bytes[byte++] = held >> (have - 8);
    }
    return bytes;
  }

  // What stands behind the script that starts the engine is there when the document is read to its end.
  const read = () => new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });

  // A blob's two parts.
  async function opened(id) {
    if (!FIRST.includes(id)) await read();
    const bytes = bytesOf(id);
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const stream = new Blob([bytes.subarray(4, 4 + size)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return [new Uint8Array(await new Response(stream).arrayBuffer()), bytes.subarray(4 + size)];
  }

  // Numbers from their byte planes, all lowest bytes first, then all next; narrow ones of int32 have a sign.
  function widened(numbers, bytes, from, width, signed) {
    const count = numbers.length;
    if (width === 1) {
      const plane = bytes.subarray(from, from + count);
      numbers.set(signed ? new Int8Array(plane.buffer, plane.byteOffset, count) : plane);
      return;
    }
    const into = new Uint8Array(numbers.buffer);
    for (let plane = 0, at = from; plane < width; plane++) {
      for (let byte = plane; byte < into.length; byte += 4) into[byte] = bytes[at++];
    }
    const spare = signed ? 32 - 8 * width : 0;
    if (spare) for (let row = 0; row < count; row++) numbers[row] = (numbers[row] << spare) >> spare;
  }

  // Where each list begins: one longer than the sizes.
  function beginsOf(sizes) {
    const begins = new Int32Array(sizes.length + 1);
    for (let row = 0; row < sizes.length; row++) begins[row + 1] = begins[row] + sizes[row];
    return begins;
  }

  // What an array is told by is added to its differences; of those that are doubled, odd ones are negative numbers.
  function added(numbers, row, other, signed) {
    if (!signed) numbers[row] += other;
    else if (numbers[row] & 1) numbers[row] = -(numbers[row] >> 1);
    else numbers[row] = (numbers[row] >> 1) + (other > 0 ? other : 0);
  }

  function told(numbers, by, other, signed) {
    const of = known.version_of;
    if (by === "before") {
      for (let row = 1; row < numbers.length; row++) numbers[row] += numbers[row - 1];
    } else if (by === "row") {
      for (let row = 0; row < numbers.length; row++) added(numbers, row, other[row], signed);
    } else if (by === "version" && other) {
      toldInLists(numbers, other, of);
    } else if (by === "version") {
      const events = numbers.length - of.length;
      for (let row = 0; row < of.length; row++) added(numbers, events + row, numbers[of[row]], signed);
    } else {
      const sizes = whole(known.n_claims);
      let claim = 0;
      for (let event = 0; event < sizes.length - of.length; event++) {
        for (let end = claim + sizes[event]; claim < end; claim++) added(numbers, claim, other[event], signed);
      }
      for (; claim < numbers.length; claim++) added(numbers, claim, 0, signed); // those of no event
    }
  }

  // All work is done on arrays of one type, which browsers do several times as fast as on one type after another.
  function whole(array) {
    return array instanceof Int32Array || !array ? array : new Int32Array(array);
  }

  // Each number of an earlier version's list is its place in the event's, or it and the length of that.
  function toldInLists(numbers, sizes, of) {
    const begins = beginsOf(sizes);
    const events = sizes.length - of.length;
    for (let row = 0; row < of.length; row++) {
      const length = sizes[of[row]];
      for (let at = begins[events + row]; at < begins[events + row + 1]; at++) {
        const told = numbers[at];
        numbers[at] = told < length ? numbers[begins[of[row]] + told] : told - length;
      }
    }
  }

  function columnsOf(bytes, arrays = {}) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const manifest = JSON.parse(utf8.decode(bytes.subarray(4, 4 + head)));
    let from = 4 + head;
    for (const [name, type, length, width, by, other, signed] of manifest) {
      const numbers = new Int32Array(length);
      widened(numbers, bytes, from, width, type === "int32");
      from += length * width;
      if (by) told(numbers, by, whole(arrays[other] ?? known[other]), signed);
      arrays[name] = type === "int32" ? numbers : new ARRAYS[type](numbers);
    }
    return arrays;
  }

  // Numbers from the bits of a canonical prefix code, of which there are so many codes of each length.
  function numbersOf(bits, codes, total) {
    // What the next bits begin with: the length of a code and its number; 0 where it is longer.
    const short = new Int32Array(1 << PEEK);
    const first = [0];
    const number = [0];
    for (let size = 1, code = 0, counted = 0; size <= codes.length; size++) {
      code *= 2;
      first[size] = code;
      number[size] = counted;
      for (let at = 0; size <= PEEK && at < codes[size - 1]; at++) {
        const begin = (code + at) << (PEEK - size);
        short.fill(((counted + at) << 5) | size, begin, begin + (1 << (PEEK - size)));
      }
      code += codes[size - 1];
      counted += codes[size - 1];
    }
    const numbers = new Int32Array(total);
    let held = 0;
    let have = 0;
    for (let at = 0, byte = 0; at < total; at++) {
      while (have <= 24) {
        held |= bits[byte++] << (24 - have);
        have += 8;
      }
      const found = short[held >>> (32 - PEEK)];
      let size = found & 31;
      if (size) numbers[at] = found >> 5;
      else {
        size = PEEK + 1;
        while ((held >>> (32 - size)) - first[size] >= codes[size - 1]) size++;
        numbers[at] = number[size] + (held >>> (32 - size)) - first[size];
      }
      held <<= size;
      have -= size;
    }
    return numbers;
  }

  // The different texts of a family of lists, of which each is put together from its words when it is asked for.
  class Family {
    constructor(sizes, stops, { words, codes, once }, bits) {
      this.words = words;
      this.stops = stops;
      this.begins = beginsOf(sizes);
      this.read = () => {
        const numbers = numbersOf(bits, codes, this.begins[sizes.length]);
        if (once >= 0) tellApart(numbers, once, codes.reduce((sum, count) => sum + count, 0) - 1);
        this.read = () => numbers;
        return numbers;
      };
    }

    // A text; what a mark stands for is asked for by its kind and name.
    of(text, meant) {
      const numbers = this.read();
      let said = "";
      for (let at = this.begins[text]; at < this.begins[text + 1]; at++) {
        const word = this.words[numbers[at]];
        const written = typeof word === "string" ? word : meant(...word);
        said += at === this.begins[text] ? written : ` ${written}`;
      }
      return this.stops[text] ? `${said}.` : said;
    }
  }

  // Words that occur once share a number: each time it comes, the next of them is meant.
  function tellApart(numbers, once, often) {
    for (let at = 0, next = often; at < numbers.length; at++) {
      if (numbers[at] === once) numbers[at] = next++;
      else if (numbers[at] > once) numbers[at] -= 1;
    }
  }

  // Lists of texts by their rows.
  class Texts {
    constructor(bytes, bits) {
      const packed = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const arrays = columnsOf(bytes.subarray(4, 4 + packed));
      const { lists, packs, counted } = JSON.parse(utf8.decode(bytes.subarray(4 + packed)));
      const families = {};
      let from = 0;
      for (const [family, pack] of Object.entries(packs)) {
        families[family] = new Family(
          arrays[`${family}_size`], arrays[`${family}_stop`], pack, bits.subarray(from, from + pack.bytes),
        );
        from += pack.bytes;
      }
      Object.assign(this, { known, outlets, named }); // as they are now: another load has its own
      this.counted = {};
      for (const [name, [head, width]] of Object.entries(counted)) {
        this.counted[name] = (row) => head + String(arrays[`${name}_number`][row]).padStart(width, "0");
      }
      this.lists = {};
      for (const [name, family] of Object.entries(lists)) {
        const parts = arrays[`${name}_parts`];
        this.lists[name] = { family: families[family], row: arrays[`${name}_row`], begins: parts && beginsOf(parts) };
      }
    }

    // The text of a row of a list.
    has(name) {
      return name in this.lists || name in this.counted;
    }

    of(name, row) {
      if (this.counted[name]) return this.counted[name](row);
      const { family, row: texts, begins } = this.lists[name];
      const meant = (text) => (kind, of) => this.#meant(kind, of, row, text);
      if (!begins) return family.of(texts[row], meant(texts[row]));
      const parts = texts.subarray(begins[row], begins[row + 1]);
      return Array.from(parts, (text) => family.of(text, meant(text))).join(" / ");
    }

    #meant(kind, name, row, text) {
      if (kind === "number") return String(this.known[name][row]);
      if (kind === "same") return this.of(name, row);
      if (kind === "outlet") return this.outlets[this.known.claim_source[row]];
      return (this.named ?? this).of("place_name", text - 1);
    }
  }

  return {
    beginsOf, hand,
    columns: async (id) => {
      const [bytes] = await opened(id);
      if (id === "columns") [known, named] = [{}, null];
      return columnsOf(bytes, id === "columns" || id === CLAIMS ? known : {});
    },
    texts: async (id) => {
      const texts = new Texts(...(await opened(id)));
      if (id === "texts") named = texts;
      return texts;
    },
    json: async (id) => {
      const value = JSON.parse(utf8.decode((await opened(id))[0]));
      if (id === "names") outlets = value.source.outlet;
      return value;
    },
  };
})();
