// Makes the drawing of the timeline lively. Everything here also works by links and the filter form.
// The server draws each window; while a gesture lasts, the drawing at hand is only stretched.

const DAY = 86400000;
const PARTS = ["drawing", "results"];
let busy = null;
let shownBefore = null;
let here = location.pathname + location.search;

const drawing = () => document.getElementById("drawing");
const canvas = () => drawing().querySelector(".canvas");
const svg = () => canvas().querySelector("svg");
const marks = () => [...svg().querySelectorAll(".marks a")];
const day = (text) => Date.parse(text + "T00:00:00Z") / DAY;
const pathOf = (mark) => mark?.closest?.(".marks a")?.getAttribute("href").split("?")[0];
const iso = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const reach = () => ({ first: day(drawing().dataset.first), last: day(drawing().dataset.last) });

async function load(url, push = true) {
  if (busy) busy.abort();
  busy = new AbortController();
  const key = pathOf(document.activeElement);
  const held = canvas().contains(document.activeElement);
  drawing().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: busy.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.getElementById("drawing")) return location.assign(url);
    if (push) history.pushState(null, "", url);
    here = location.pathname + location.search;
    for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
    for (const name of ["date__gte", "date__lte"]) {
      const field = document.querySelector(`.filters [name=${name}]`);
      if (field) field.value = new URL(url, location.href).searchParams.get(name) ?? "";
    }
    start(key);
    if (held && !canvas().contains(document.activeElement)) canvas().focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

function show(first, last) {
  const url = new URL(location.href);
  url.searchParams.delete("cursor");
  url.searchParams.set("date__gte", iso(Math.round(first)));
  url.searchParams.set("date__lte", iso(Math.round(last)));
  load(url.href);
}

function usual() {
  load(location.pathname + (drawing().dataset.usual ? "?" + drawing().dataset.usual : ""));
}

// A gesture: the window that it would lead to, shown by stretching, asked for when it rests.

let pending = null;
let rest = 0;

function stretch(first, last) {
  const shown = reach();
  const width = Number(svg().getAttribute("width"));
  const perDay = width / (shown.last - shown.first + 1);
  const height = svg().getAttribute("height");
  svg().setAttribute("preserveAspectRatio", "none");
  svg().setAttribute(
    "viewBox",
    `${(first - shown.first) * perDay} 0 ${(last - first + 1) * perDay} ${height}`,
  );
  pending = { first, last };
  clearTimeout(rest);
}

function settle(delay = 220) {
  clearTimeout(rest);
  rest = setTimeout(() => {
    if (pending) show(pending.first, pending.last);
    pending = null;
  }, delay);
}

function zoom(factor, at = 0.5) {
  const { first, last } = pending ?? reach();
  const length = Math.min(Math.max((last - first) * factor, 14), 200 * 366);
  const fixed = first + (last - first) * at;
  stretch(fixed - length * at, fixed + length * (1 - at));
  settle();
}

function pan(part) {
  const { first, last } = pending ?? reach();
  const by = (last - first) * part;
  stretch(first + by, last + by);
  settle();
}

const place = (event) => {
  const box = svg().getBoundingClientRect();
  return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
};

function gestures(area) {
  const fingers = new Map();
  let origin = null;
  area.addEventListener(
    "wheel",
    (event) => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const near = event.ctrlKey || event.metaKey || area.contains(document.activeElement);
      if (sideways) pan((event.deltaX || event.deltaY) / area.clientWidth);
      else if (near) zoom(Math.exp(event.deltaY / 300), place(event));
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
  area.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!event.target.closest("a")) area.focus({ preventScroll: true });
    fingers.set(event.pointerId, event);
    const at = { x: event.clientX, scroll: area.scrollLeft, gap: spread(fingers) };
    origin = { ...(pending ?? reach()), ...at, moved: false };
  });
  area.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId) || !origin) return;
    fingers.set(event.pointerId, event);
    const length = origin.last - origin.first;
    if (fingers.size > 1) {
      const factor = origin.gap / Math.max(spread(fingers), 1);
      const middle = (origin.first + origin.last) / 2;
      origin.moved = true;
      return stretch(middle - (length * factor) / 2, middle + (length * factor) / 2);
    }
    if (Math.abs(event.clientX - origin.x) < 5 && !origin.moved) return;
    if (!origin.moved) area.setPointerCapture(event.pointerId);
    origin.moved = true;
    area.classList.add("dragging");
    const by = scrolled(area, origin.scroll, event.clientX - origin.x);
    if (!by && !pending) return;
    const days = (by / svg().getBoundingClientRect().width) * length;
    stretch(origin.first - days, origin.last - days);
  });
  const end = (event) => {
    fingers.delete(event.pointerId);
    area.classList.remove("dragging");
    if (origin?.moved && !fingers.size) {
      area.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      settle(0);
    }
    if (!fingers.size) origin = null;
  };
  area.addEventListener("pointerup", end);
  area.addEventListener("pointercancel", end);
  area.addEventListener("dragstart", (event) => event.preventDefault());
}

// Where the drawing is wider than its place, it scrolls to its edge first; gives what is left.
function scrolled(area, from, by) {
  const most = area.scrollWidth - area.clientWidth;
  area.scrollLeft = Math.min(Math.max(from - by, 0), most);
  return by - (from - area.scrollLeft);
}

const spread = (fingers) => {
  const [a, b] = [...fingers.values()];
  return b ? Math.abs(a.clientX - b.clientX) : 0;
};

// One tab stop: arrows lead from mark to mark, in time within a lane and across lanes.

function middle(mark) {
  const box = mark.querySelector("use").getBoundingClientRect();
  return { x: box.left + box.width / 2, lane: [...svg().querySelectorAll(".marks")].indexOf(mark.parentNode) };
}

function neighbour(mark, key) {
  const from = middle(mark);
  const all = marks().map((other) => ({ other, ...middle(other) }));
  const lane = all.filter((m) => m.lane === from.lane).sort((a, b) => a.x - b.x);
  if (key === "Home") return lane[0].other;
  if (key === "End") return lane.at(-1).other;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const at = lane.findIndex((m) => m.other === mark) + (key === "ArrowRight" ? 1 : -1);
    return lane[at]?.other;
  }
  const down = key === "ArrowDown";
  const lanes = [...new Set(all.map((m) => m.lane))].sort((a, b) => (down ? a - b : b - a));
  const next = lanes.find((n) => (down ? n > from.lane : n < from.lane));
  const there = all.filter((m) => m.lane === next);
  return there.sort((a, b) => Math.abs(a.x - from.x) - Math.abs(b.x - from.x))[0]?.other;
}

function keys(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const mark = event.target.closest?.(".marks a");
  if (event.key === "+" || event.key === "=") zoom(0.5);
  else if (event.key === "-" || event.key === "−") zoom(2);
  else if (event.key === "Escape") usual();
  else if (event.shiftKey && event.key === "ArrowLeft") pan(-0.25);
  else if (event.shiftKey && event.key === "ArrowRight") pan(0.25);
  else if (mark && /^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
    const next = neighbour(mark, event.key);
    if (next) rove(next, true);
  } else return;
  event.preventDefault();
}

function rove(mark, focus) {
  svg().querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  mark.setAttribute("tabindex", "0");
  if (focus) mark.focus();
}

function light(event) {
  const mark = event.target.closest?.(".marks a");
  for (const curve of svg().querySelectorAll(".curve")) {
    curve.classList.toggle("lit", curve.dataset.n.split(" ").includes(mark?.dataset.n));
  }
  if (mark) drawing().querySelector(".readout").textContent = mark.querySelector("title").textContent;
}

function start(key) {
  const area = canvas();
  gestures(area);
  area.addEventListener("keydown", keys);
  // Not on the SVG: Chromium makes one that listens for focus a tab stop of its own.
  for (const kind of ["mouseover", "focusin"]) area.addEventListener(kind, light);
  const all = marks();
  area.setAttribute("tabindex", all.length ? "-1" : "0");
  if (all.length) rove(all.find((mark) => pathOf(mark) === key) ?? all.at(-1), Boolean(key));
  area.scrollLeft = shownBefore && reach().first > shownBefore.first ? 0 : area.scrollWidth;
  shownBefore = reach();
  for (const part of PARTS) document.getElementById(part).addEventListener("click", follow);
}

// Links to another window of this page change the drawing and the list alone.

function follow(event) {
  const way = event.target.closest("a");
  if (event.defaultPrevented || !way || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const there = new URL(way.href?.baseVal ?? way.href, location.href);
  if (there.pathname !== location.pathname || there.hash || there.searchParams.has("cursor")) return;
  event.preventDefault();
  load(there.href);
}

function filters(form) {
  const ask = () => {
    const asked = [...new FormData(form)].filter(([, value]) => value !== "");
    load(location.pathname + "?" + new URLSearchParams(asked));
  };
  form.addEventListener("change", ask);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
}

if (drawing()) {
  start();
  const form = document.querySelector(".filters");
  if (form) filters(form);
  // A link within the page fires this too, and leads to no other window.
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== here) load(location.href, false);
  });
}
