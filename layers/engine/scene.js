// The map's one picture: the ground, kept until the view changes, the marks of the day, and the names.
"use strict";

bordermap.scene = (() => {
  const ROUNDED = 2; // pixels

  class Scene {
    constructor(map, data, state, marks) {
      Object.assign(this, { map, state, marks });
      map.createPane("bordermap").style.zIndex = 450;
      map.getPane("bordermap").style.pointerEvents = "none";
      this.own = data.facts.view;
      this.home = bordermap.story.viewOf(data, state) ?? this.own;
      this.covered = () => 0;
      this.goHome();
      map.setMinZoom(Math.max(2, map.getZoom() - 1.5));
      if (state.view) this.look(state.view);
      map.on("moveend", () => this.rest());
      map.on("resize", () => state.view === null && this.goHome());
      // Words that are written later and the window's width change the map's room; Leaflet looks at the window alone.
      new ResizeObserver(() => map.invalidateSize({ debounceMoveend: true })).observe(map.getContainer());
      this.under = document.createElement("canvas");
      this.surface = new bordermap.surface.Surface((context, view) => this.draw(context, view), "bordermap").addTo(map);
    }

    // The basemap is unpacked after the first marks have been seen.
    async open() {
      const [arrays, labels] = await Promise.all([bordermap.blobs.columns("basemap"), bordermap.blobs.json("labels")]);
      this.basemap = new bordermap.basemap.Basemap(arrays, this.marks.data.facts.ground);
      this.names = new bordermap.labels.Labels(labels);
      this.drawn = null;
      this.surface.redraw();
    }

    // Names make way for the marks of a day while those are few; many marks lie on them.
    draw(context, view) {
      const above = bordermap.labels.makeWay(this.state);
      this.drawUnder(view, !above);
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (!this.under.width || !this.under.height) return; // the map has no room, as on a printed sheet
      context.drawImage(this.under, 0, 0);
      context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
      this.marks.draw(context, view);
      if (above) this.names?.draw(context, view, this.marks, this.state);
    }

    drawUnder(view, named) {
      if (this.drawn === view && this.named === named) return;
      this.drawn = view;
      this.named = named;
      this.under.width = Math.round(view.width * view.ratio);
      this.under.height = Math.round(view.height * view.ratio);
      if (!this.under.width || !this.under.height) return;
      const context = this.under.getContext("2d", { alpha: false });
      context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
      context.fillStyle = bordermap.theme.now.ground.land;
      context.fillRect(0, 0, view.width, view.height);
      this.basemap?.draw(context, view);
      if (named) this.names?.draw(context, view, this.marks, this.state);
    }

    // The view that the collection, or the story's step, opens; what the reader has moved is kept in the state, and
    // no more than what can be told.
    goHome(animate = false) {
      const { west, south, east, north } = this.home;
      this.again = this.going;
      if (this.again) return; // Leaflet takes no new way while it zooms: it is gone when that has come to rest
      this.going = true;
      this.map.fitBounds([[south, west], [north, east]], { animate, paddingBottomRight: [0, this.covered()] });
      if (!animate) this.arrive();
    }

    arrive() {
      this.going = false;
      this.opened = this.told();
    }

    // From now on a step's view is home, or again the collection's; the map stays where it is if so told. `covered`
    // says how much of its lower edge is not seen.
    settle(view, covered, { stay, animate }) {
      this.home = view ?? this.own;
      this.covered = covered;
      if (stay) this.opened = [];
      else this.goHome(animate && !matchMedia("(prefers-reduced-motion: reduce)").matches);
    }

    told() {
      const { lng, lat } = this.map.getCenter();
      return [Number(lng.toFixed(3)), Number(lat.toFixed(3)), Number(this.map.getZoom().toFixed(2))];
    }

    rest() {
      if (this.going) this.arrive();
      if (this.again) this.goHome();
      const view = this.told();
      this.state.set({ view: this.isHome(view) ? null : view });
    }

    // Whether a view is the one that was opened; Leaflet rounds the middle to whole pixels when the map's room changes.
    isHome([lon, lat, zoom]) {
      const [homeLon, homeLat, homeZoom] = this.opened;
      if (zoom !== homeZoom) return false;
      return this.map.project([lat, lon], zoom).distanceTo(this.map.project([homeLat, homeLon], zoom)) < ROUNDED;
    }

    // Show a view of the state: longitude, latitude and zoom, or null for the collection's own.
    look(view) {
      if (view === null) {
        if (!this.going && this.told().join() !== this.opened.join()) this.goHome();
      } else if (view.join() !== this.told().join()) this.map.setView([view[1], view[0]], view[2], { animate: false });
    }

    // Colours or language have changed: nothing that was painted holds.
    forget() {
      this.drawn = null;
    }

    redraw() {
      this.surface.redraw();
    }

    get view() {
      return this.surface.view;
    }

    // An event chosen in the list is brought onto the map where its mark is beside it.
    bringIntoView(row) {
      const { data } = this.marks;
      if (row < 0 || !data.onMap(row)) return;
      const [x, y] = data.middle(row);
      const { scale, left, top, origin } = this.view;
      const at = this.map.layerPointToContainerPoint(L.point(x * scale - left, y * scale - top).add(origin));
      const { x: width, y: height } = this.map.getSize();
      if (at.x < 20 || at.y < 20 || at.x > width - 20 || at.y > height - 20) {
        this.map.panTo(this.map.containerPointToLatLng(at), { animate: false });
      }
    }
  }

  return { Scene };
})();
