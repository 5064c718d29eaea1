// A canvas that stays with Leaflet's map: follows pans and zoom animations, and redraws when they rest.
"use strict";

bordermap.surface = (() => {
  const PADDING = 0.08;

  const Surface = L.Layer.extend({
    // `draw(context, view)` paints all of one frame; the view has its scale, offset and size.
    initialize(draw, pane) {
      this.draw = draw;
      this.options = { pane };
    },

    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated bordermap-surface");
      this.canvas.setAttribute("aria-hidden", "true");
      this.getPane().appendChild(this.canvas);
      this.reset();
    },

    onRemove() {
      this.canvas.remove();
    },

    getEvents() {
      return { viewreset: this.reset, moveend: this.reset, zoomanim: this.animate, resize: this.reset };
    },

    animate(event) {
      const scale = this._map.getZoomScale(event.zoom, this.zoom);
      const offset = this._map._latLngBoundsToNewLayerBounds(this.bounds, event.zoom, event.center).min;
      L.DomUtil.setTransform(this.canvas, offset, scale);
    },

    reset() {
      const map = this._map;
      const size = map.getSize();
      const pad = size.multiplyBy(PADDING).round();
      const origin = map.containerPointToLayerPoint([0, 0]).subtract(pad).round();
      const full = size.add(pad.multiplyBy(2));
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      this.zoom = map.getZoom();
      this.bounds = L.latLngBounds(map.layerPointToLatLng(origin), map.layerPointToLatLng(origin.add(full)));
      if (this.canvas.width !== Math.round(full.x * ratio) || this.canvas.height !== Math.round(full.y * ratio)) {
        this.canvas.width = Math.round(full.x * ratio);
        this.canvas.height = Math.round(full.y * ratio);
        this.canvas.style.width = `${full.x}px`;
        this.canvas.style.height = `${full.y}px`;
      }
      L.DomUtil.setTransform(this.canvas, origin, 1);
      const corner = map.getPixelOrigin().add(origin);
      this.view = {
        scale: 256 * 2 ** this.zoom, left: corner.x, top: corner.y, zoom: this.zoom, origin,
        width: full.x, height: full.y, pad, ratio, size,
      };
      this.redraw();
    },

    redraw() {
      if (!this.view) return;
      this.draw((this.context ??= this.canvas.getContext("2d", { alpha: false })), this.view);
    },
  });

  // Run `paint` in the coordinates of the paths of data.js; line widths are then divided by the scale given.
  function inPathSpace(context, view, paint) {
    const scale = view.scale / 256;
    context.save();
    context.translate(-view.left, -view.top);
    context.scale(scale, scale);
    paint(scale);
    context.restore();
  }

  function inView(geometry, view) {
    return geometry.east * view.scale > view.left && geometry.west * view.scale < view.left + view.width &&
      geometry.south * view.scale > view.top && geometry.north * view.scale < view.top + view.height;
  }

  return { Surface, inPathSpace, inView };
})();
