// Unpacks the blobs that layers/blobs.py, columns.py and texts.py made: columns, texts and JSON.
"use strict";

bordermap.blobs = (() => {
  const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array };
  const PEEK = 12;
  const utf8 = new TextDecoder();

  // The columns of events and claims, by which others and texts are told: opened first, and left as they are.
  let known = {};
  // Likewise the sources' outlets, and the texts in which the places' names are.
  let outlets = [];
  let named = null;

  // Digits of 85 by their letter's code.
  const digits = new Uint8Array(128);
  for (let code = 33, digit = 0; digit < 85; code++) {
    if (!"\"&'<>\\`${".includes(String.fromCharCode(code))) digits[code] = digit++;
  }

  // Four bytes of each five letters; of n + 1 letters at the end, n bytes.
  function bytesOf(id) {
    const node = document.getElementById(`bordermap-${id}`);
    const written = node.textContent.trim();
    node.remove();
    const whole = Math.floor(written.length / 5);
    const spare = (5 - (written.length % 5)) % 5;
    const bytes = new Uint8Array((whole + (spare ? 1 : 0)) * 4);
    const numbers = new DataView(bytes.buffer);
    const put = (letters, from, at) => {
      let number = 0;
      for (let letter = from; letter < from + 5; letter++) number = number * 85 + digits[letters.charCodeAt(letter)];
      numbers.setUint32(at, number);
    };
    for (let group = 0; group < whole; group++) put(written, group * 5, group * 4);
    if (spare) put(written.slice(whole * 5) + "~".repeat(spare), 0, whole * 4);
    return bytes.subarray(0, bytes.length - spare);
  }

  // A blob's two parts.
  async function opened(id) {
    const bytes = bytesOf(id);
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const stream = new Blob([bytes.subarray(4, 4 + size)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return [new Uint8Array(await new Response(stream).arrayBuffer()), bytes.subarray(4 + size)];
  }

  // An array from its byte planes, all lowest bytes first, then all next; narrow ones of int32 have a sign.
  function widened(array, bytes, from, width) {
    if (array.BYTES_PER_ELEMENT === 1) {
      array.set(bytes.subarray(from, from + array.length));
      return;
    }
    const sign = array instanceof Int32Array ? 32 - 8 * width : 0;
    for (let plane = 0; plane < width; plane++) {
      const begin = from + plane * array.length;
      for (let row = 0; row < array.length; row++) array[row] |= bytes[begin + row] << (8 * plane);
    }
    if (sign) for (let row = 0; row < array.length; row++) array[row] = (array[row] << sign) >> sign;
  }

  // What an array is told by is added to its differences; of those that are doubled, odd ones are negative numbers.
  function added(array, row, other, signed) {
    if (!signed) array[row] += other;
    else if (array[row] & 1) array[row] = -(array[row] >> 1);
    else array[row] = (array[row] >> 1) + (other > 0 ? other : 0);
  }

  function told(array, by, other, signed) {
    const { version_of: of, n_claims: sizes } = known;
    if (by === "before") {
      for (let row = 1; row < array.length; row++) array[row] += array[row - 1];
    } else if (by === "row") {
      for (let row = 0; row < array.length; row++) added(array, row, other[row], signed);
    } else if (by === "version") {
      const events = array.length - of.length;
      for (let row = 0; row < of.length; row++) added(array, events + row, array[of[row]], signed);
    } else {
      for (let event = 0, claim = 0; event < sizes.length - of.length; event++) {
        for (let end = claim + sizes[event]; claim < end; claim++) added(array, claim, other[event], signed);
      }
    }
  }

  function columnsOf(bytes, arrays = {}) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const manifest = JSON.parse(utf8.decode(bytes.subarray(4, 4 + head)));
    let from = 4 + head;
    for (const [name, type, length, width, by, other, signed] of manifest) {
      const array = new ARRAYS[type](length);
      widened(array, bytes, from, width);
      from += length * width;
      arrays[name] = array;
      if (by) told(array, by, arrays[other] ?? known[other], signed);
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
      const { lists, packs } = JSON.parse(utf8.decode(bytes.subarray(4 + packed)));
      const families = {};
      let from = 0;
      for (const [family, pack] of Object.entries(packs)) {
        families[family] = new Family(
          arrays[`${family}_size`], arrays[`${family}_stop`], pack, bits.subarray(from, from + pack.bytes),
        );
        from += pack.bytes;
      }
      this.lists = {};
      for (const [name, family] of Object.entries(lists)) {
        const parts = arrays[`${name}_parts`];
        this.lists[name] = { family: families[family], row: arrays[`${name}_row`], begins: parts && beginsOf(parts) };
      }
    }

    // The text of a row of a list.
    of(name, row) {
      const { family, row: texts, begins } = this.lists[name];
      const meant = (text) => (kind, of) => this.#meant(kind, of, row, text);
      if (!begins) return family.of(texts[row], meant(texts[row]));
      const parts = texts.subarray(begins[row], begins[row + 1]);
      return Array.from(parts, (text) => family.of(text, meant(text))).join(" / ");
    }

    #meant(kind, name, row, text) {
      if (kind === "number") return String(known[name][row]);
      if (kind === "same") return this.of(name, row);
      if (kind === "outlet") return outlets[known.claim_source[row]];
      return named.of("place_name", text - 1);
    }
  }

  function beginsOf(sizes) {
    const begins = new Int32Array(sizes.length + 1);
    for (let row = 0; row < sizes.length; row++) begins[row + 1] = begins[row] + sizes[row];
    return begins;
  }

  return {
    columns: async (id) => {
      const [bytes] = await opened(id);
      if (id !== "columns") return columnsOf(bytes);
      known = {};
      return columnsOf(bytes, known);
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
