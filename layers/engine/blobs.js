// Unpacks the blobs that layers/blobs.py made: columns, texts and JSON.
"use strict";

bordermap.blobs = (() => {
  const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array };
  const utf8 = new TextDecoder();

  function bytesOf(id) {
    const node = document.getElementById(`bordermap-${id}`);
    const written = node.textContent.trim();
    node.remove();
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(written);
    return Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
  }

  async function inflated(id) {
    const stream = new Blob([bytesOf(id)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // Arrays from their byte planes: all lowest bytes first, then all next.
  function columnsOf(bytes) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const manifest = JSON.parse(utf8.decode(bytes.subarray(4, 4 + head)));
    const arrays = {};
    for (const [name, type, offset, length] of manifest) {
      const array = new ARRAYS[type](length);
      const into = new Uint8Array(array.buffer);
      const width = array.BYTES_PER_ELEMENT;
      let from = 4 + head + offset;
      if (width === 1) into.set(bytes.subarray(from, from + length));
      else {
        for (let plane = 0; plane < width; plane++) {
          for (let at = plane; at < into.length; at += width) into[at] = bytes[from++];
        }
      }
      arrays[name] = array;
    }
    return arrays;
  }

  // Lists of texts, of which each is put together from its words when it is asked for.
  class Texts {
    constructor(bytes) {
      const packed = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const arrays = columnsOf(bytes.subarray(4, 4 + packed));
      this.words = JSON.parse(utf8.decode(bytes.subarray(4 + packed)));
      this.numbers = arrays.numbers;
      this.lists = {};
      let begin = 0;
      for (const [column, sizes] of Object.entries(arrays)) {
        if (!column.endsWith("_size")) continue;
        const name = column.slice(0, -"_size".length);
        const begins = new Int32Array(sizes.length + 1);
        for (let text = 0; text < sizes.length; text++) {
          begins[text] = begin;
          begin += sizes[text];
        }
        begins[sizes.length] = begin;
        // Rows are told as differences; the type's own range makes them whole again.
        const row = arrays[`${name}_row`];
        for (let at = 1; at < row.length; at++) row[at] += row[at - 1];
        this.lists[name] = { begins, row };
      }
    }

    // The text of a row of a list.
    of(name, row) {
      const list = this.lists[name];
      const text = list.row[row];
      let said = "";
      for (let at = list.begins[text]; at < list.begins[text + 1]; at++) {
        said += at === list.begins[text] ? this.words[this.numbers[at]] : ` ${this.words[this.numbers[at]]}`;
      }
      return said;
    }
  }

  return {
    columns: async (id) => columnsOf(await inflated(id)),
    texts: async (id) => new Texts(await inflated(id)),
    json: async (id) => JSON.parse(utf8.decode(await inflated(id))),
  };
})();
