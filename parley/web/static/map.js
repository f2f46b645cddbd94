// Places on outlines of countries: points sized by the dispatches that tell of them, countries as areas, never as pins.

// TopoJSON → the rings of each country: arcs are differences on a grid, shared by neighbours; ~n is arc n backwards.
function countries(topology) {
  const { scale: [kx, ky], translate: [dx, dy] } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([a, b]) => { x += a; y += b; return [y * ky + dy, x * kx + dx]; });
  });
  const ring = (numbers) => numbers.flatMap((n, i) => (n < 0 ? [...arcs[~n]].reverse() : arcs[n]).slice(i ? 1 : 0));
  return topology.objects.countries.geometries.map((g) => ({ id: g.id, rings: g.arcs.map((piece) => piece.map(ring)) }));
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// A shape in the colours of the page, by day and by night.
function coloured(shape, look) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shape.setStyle(look()));
  return shape.setStyle(look());
}

function label(place) {
  const box = document.createElement("span");
  box.textContent = `${place.name}: ${place.dispatches} ${place.dispatches === 1 ? "dispatch" : "dispatches"}`;
  return box;
}

export async function draw() {
  const box = document.querySelector("[data-map]:not([data-drawn])");
  if (!box) return;
  box.dataset.drawn = "yes";
  box.hidden = false;
  const [{ rows }, topology] = await Promise.all([box.dataset.map, "/assets/outlines.json"].map(async (a) => (await fetch(a)).json()));
  await new Promise((ready) => (window.L ? ready() : document.querySelector("script[src='/assets/leaflet.js']").addEventListener("load", ready)));
  const L = window.L, map = L.map(box, { attributionControl: false, zoomSnap: 0.25, worldCopyJump: true });
  const told = new Map(rows.filter((r) => r.precision === "country" && r.country).map((r) => [r.country, r]));
  const areas = [];
  for (const { id, rings } of countries(topology)) {
    const place = told.get(id);
    const shape = coloured(L.polygon(rings, { weight: 0.6, fillOpacity: place ? 0.35 : 0.5, interactive: Boolean(place) }),
      () => ({ color: colour("--soft"), fillColor: colour(place ? "--accent" : "--line") })).addTo(map);
    if (place) areas.push(shape.bindTooltip(label(place)).on("click", () => go(place)));
  }
  const placed = rows.filter((r) => r.latitude !== null && r.precision !== "country");
  const named = { permanent: placed.length <= 12, direction: "right", offset: [8, 0] };
  const pins = placed.map((place) =>
    coloured(L.circleMarker([place.latitude, place.longitude], {
      radius: 4 + 3 * Math.log2(1 + place.dispatches), weight: 2, fillOpacity: place.precision === "area" ? 0 : 0.4,
      dashArray: place.precision === "area" ? "4 3" : null,
    }), () => ({ color: colour("--accent") })).bindTooltip(label(place), named).on("click", () => go(place)).addTo(map));
  const shown = L.featureGroup(pins.length ? pins : areas);
  if (shown.getLayers().length) map.fitBounds(shown.getBounds().pad(0.3), { maxZoom: 7 }); else map.setView([20, 20], 1.5);
}

function go(place) {
  const row = document.getElementById(place.id);
  if (row) { location.hash = place.id; row.scrollIntoView({ block: "center" }); }
}
