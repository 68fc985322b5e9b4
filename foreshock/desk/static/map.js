// The map: a point where a settlement is known, a soft ring where only a unit is, a shaded country otherwise.

import * as maplibregl from "./vendor/maplibre-gl.mjs";

const DEEPEST_ZOOM = 9; // About a settlement across the screen: nothing finer is known, so nothing finer is shown.
const KM_PER_PIXEL = 78.27; // At zoom 0 on the equator, tiles of 512 pixels.
const holder = document.getElementById("map");
const root = holder.dataset.places.split("/map.json")[0]; // Where a proxy shows the desk; nothing on a host of its own.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const distance = ["/", ["to-number", ["get", "km"], 50], KM_PER_PIXEL];
const ringRadius = (widening) => [
  "interpolate", ["exponential", 2], ["zoom"],
  0, widening * 9,
  20, ["*", distance, widening * 2 ** 20, ["/", 1, ["cos", ["*", ["get", "lat"], Math.PI / 180]]]],
];
const pointRadius = ["interpolate", ["linear"], ["sqrt", ["get", "statements"]], 1, 4, 6, 10];

function style(basemap, places, shaded) {
  const most = Math.max(1, ...Object.values(shaded));
  const shade = Object.entries(shaded).flatMap(([code, number]) => [code, 0.08 + 0.2 * Math.sqrt(number / most)]);
  const only = (shape) => ["==", ["get", "shape"], shape];
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data: basemap, attribution: "Natural Earth" },
      places: { type: "geojson", data: places },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "ground", filter: ["has", "country"], paint: { "fill-color": colour("land"), "fill-antialias": false } },
      ...(shade.length
        ? [{ id: "countries", type: "fill", source: "ground", filter: ["in", ["get", "country"], ["literal", Object.keys(shaded)]],
             paint: { "fill-color": colour("place"), "fill-antialias": false, "fill-opacity": ["match", ["get", "country"], ...shade, 0] } }]
        : []),
      { id: "borders", type: "line", source: "ground", filter: ["has", "borders"], paint: { "line-color": colour("border"), "line-width": 0.8 } },
      { id: "rings", type: "circle", source: "places", filter: only("ring"),
        paint: { "circle-color": colour("place"), "circle-opacity": 0.3, "circle-blur": 0.75, "circle-radius": ringRadius(1.25), "circle-pitch-alignment": "map" } },
      { id: "ring-edges", type: "circle", source: "places", filter: only("ring"),
        paint: { "circle-color": "rgba(0,0,0,0)", "circle-radius": ringRadius(1), "circle-stroke-color": colour("place"), "circle-stroke-width": 1, "circle-stroke-opacity": 0.35 } },
      { id: "points", type: "circle", source: "places", filter: only("point"),
        paint: { "circle-color": colour("place"), "circle-opacity": 0.85, "circle-radius": pointRadius, "circle-stroke-color": colour("sheet"), "circle-stroke-width": 1.2 } },
    ],
  };
}

// Texts enter the page as text, never as markup.
function element(name, words, className) {
  const made = document.createElement(name);
  if (words !== undefined) made.textContent = words;
  if (className) made.className = className;
  return made;
}

function described(entries) {
  const box = element("div");
  for (const properties of entries.slice(0, 6)) {
    const kinds = typeof properties.kinds === "string" ? JSON.parse(properties.kinds) : properties.kinds;
    const entry = element("div", undefined, "entry");
    entry.append(element("h2", properties.name));
    const about = properties.member ? `${properties.precision_name}, shown at ${properties.member}` : properties.precision_name;
    entry.append(element("p", about, "quiet"));
    entry.append(element("p", Object.entries(kinds).map(([kind, number]) => `${number} ${kind}${number === 1 ? "" : "s"}`).join(", ")));
    if (properties.told_by_region) entry.append(element("p", `${properties.told_by_region} told by region, as it bears on people who left their unit`, "quiet"));
    const link = element("a", "read them");
    link.href = root + properties.link;
    entry.append(link);
    box.append(entry);
  }
  if (entries.length > 6) box.append(element("p", `and ${entries.length - 6} more here; come closer or use the list`, "entry quiet"));
  return box;
}

function byCountry(features) {
  const found = new Map();
  for (const feature of features.filter(({ properties }) => properties.shape === "country")) {
    const code = feature.properties.country;
    if (!found.has(code)) found.set(code, []);
    found.get(code).push(feature);
  }
  return found;
}

function addBadges(map, countries) {
  const badges = [...countries.values()].map((features) => {
    const total = features.reduce((sum, { properties }) => sum + properties.statements, 0);
    const at = features[0].geometry.coordinates;
    const badge = element("button", String(total), "badge");
    badge.type = "button";
    badge.setAttribute("aria-label", `${features[0].properties.country_name}: ${total} placed no closer than the country`);
    badge.addEventListener("click", (event) => {
      event.stopPropagation();
      open(map, at, features.map(({ properties }) => properties));
    });
    new maplibregl.Marker({ element: badge }).setLngLat(at).addTo(map);
    return { badge, at, total };
  });
  badges.sort((one, other) => other.total - one.total);
  const thin = () => thinOut(map, badges);
  map.on("zoom", thin);
  map.on("resize", thin);
  return thin;
}

// Where badges would hide each other the larger number stays; the country's shade still shows the other.
function thinOut(map, badges) {
  const kept = [];
  for (const { badge, at } of badges) {
    const { x, y } = map.project(at);
    const free = kept.every((other) => Math.hypot(other.x - x, other.y - y) > 24);
    badge.hidden = !free;
    if (free) kept.push({ x, y });
  }
}

let popup;
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") popup?.remove();
});

function open(map, at, entries) {
  popup?.remove();
  popup = new maplibregl.Popup({ maxWidth: "18rem" }).setLngLat(at).setDOMContent(described(entries)).addTo(map);
}

function frame(map, features) {
  if (features.length === 0) {
    map.fitBounds([[-125, -50], [160, 70]], { animate: false });
    return;
  }
  const bounds = new maplibregl.LngLatBounds();
  features.forEach(({ geometry }) => bounds.extend(geometry.coordinates));
  map.fitBounds(bounds, { padding: 60, maxZoom: 5, animate: false });
}

function listen(map, features) {
  map.on("click", (event) => {
    const here = map.queryRenderedFeatures(event.point, { layers: ["points", "ring-edges"] });
    const unique = [...new Map(here.map(({ properties }) => [properties.link, properties])).values()];
    if (unique.length) open(map, event.lngLat, unique);
  });
  for (const layer of ["points", "ring-edges"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const row of document.querySelectorAll(".places li")) {
    const own = features.filter(({ properties }) => properties.link === row.dataset.place);
    if (own.length === 0) continue;
    row.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const at = own[0].geometry.coordinates;
      map.easeTo({ center: at, zoom: Math.max(map.getZoom(), 4.5), animate: !still });
      open(map, at, [own[0].properties]);
    });
  }
}

// What was drawn is written on the map's element, for people's scripts and for tests.
function tell(map) {
  for (const layer of ["points", "rings", "countries", "land"]) {
    holder.dataset[layer] = map.getLayer(layer) ? map.queryRenderedFeatures({ layers: [layer] }).length : 0;
  }
  holder.dataset.drawn = "yes";
}

async function draw() {
  const [basemap, places] = await Promise.all(
    [holder.dataset.basemap, holder.dataset.places].map(async (address) => (await fetch(address)).json()),
  );
  places.features.forEach((feature) => (feature.properties.lat = feature.geometry.coordinates[1]));
  const countries = byCountry(places.features);
  const shaded = Object.fromEntries(
    [...countries].map(([code, features]) => [code, features.reduce((sum, { properties }) => sum + properties.statements, 0)]),
  );
  const map = new maplibregl.Map({
    container: holder,
    style: style(basemap, places, shaded),
    center: [30, 25],
    zoom: 1.4,
    maxZoom: DEEPEST_ZOOM,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: { compact: true },
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  const thin = addBadges(map, countries);
  frame(map, places.features);
  thin();
  listen(map, places.features);
  map.on("idle", () => tell(map));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(style(basemap, places, shaded)));
}

draw().catch((problem) => {
  holder.hidden = true;
  document.getElementById("map-problem").hidden = false;
  console.warn(`The map cannot be drawn: ${problem.message ?? problem}`);
});
