// The few things that are quicker with a script; every form and link works without it.

const inField = (target) => target.closest?.("input, select, textarea, [contenteditable]");

// ── live filters: a changed filter fetches the page, puts its main part here, and is in the address ──

let asked = 0; // an answer that was overtaken, by typing or by another, is left

async function swap(address, keep) {
  const mine = ++asked;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) { location.href = address; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  for (const part of ["main", ".status", ".as-of"]) {
    const here = document.querySelector(part), there = page.querySelector(part);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  document.title = page.title;
  if (keep) {
    const field = document.getElementById(keep.id);
    field?.focus();
    if (field?.setSelectionRange && keep.at !== null) { try { field.setSelectionRange(keep.at, keep.at); } catch { /* a date */ } }
  }
  begin();
}

let waiting = 0;
function changed(event) {
  const form = event.target.closest("form[data-live]");
  if (!form || event.isComposing) return;
  asked++;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const data = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = form.getAttribute("action") + (data.length ? "?" + new URLSearchParams(data) : "");
    const field = event.target;
    history.pushState({}, "", address);
    swap(address, { id: field.id, at: field.selectionStart ?? null });
  }, 300);
}
document.addEventListener("input", changed);
document.addEventListener("compositionend", changed);
addEventListener("popstate", () => { if (!location.hash) swap(location.href); });

// ── the reader: kinds on and off, j and k from record to record ──

function reader() {
  const box = document.querySelector("[data-reader]");
  if (!box || box.dataset.ready) return;
  box.dataset.ready = "yes";
  const kinds = box.querySelector("[data-kinds]");
  kinds.hidden = false;
  kinds.addEventListener("change", () => show(box, kinds));
}

function show(box, kinds) {
  const only = kinds.querySelector("[data-only-open]").checked;
  const on = new Set([...kinds.querySelectorAll("input:not([data-only-open]):checked")].map((i) => i.value));
  const shown = new Map(); // card → kind
  for (const card of box.querySelectorAll(".card")) {
    const kind = [...card.classList].find((c) => c !== "card");
    card.hidden = !on.has(kind) || (only && card.dataset.status !== "open");
    if (!card.hidden) shown.set(card.id, kind);
  }
  for (const mark of box.querySelectorAll("mark[data-items]")) {
    const left = mark.dataset.items.split(" ").filter((id) => shown.has(id)).map((id) => shown.get(id));
    const also = ["lit", "now"].filter((c) => mark.classList.contains(c));
    mark.className = [...new Set(left), ...left.slice(-1).map((kind) => "in-" + kind), ...also].join(" ");
  }
  for (const note of box.querySelectorAll("a[data-note]")) note.hidden = !shown.has(note.dataset.note);
}

function step(by) {
  const cards = [...document.querySelectorAll("[data-reader] .card:not([hidden])")];
  if (!cards.length) return;
  const at = cards.indexOf(document.activeElement.closest?.(".card"));
  const card = cards[Math.max(0, Math.min(cards.length - 1, at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by))];
  card.focus();
  document.getElementById("at-" + card.id)?.nextElementSibling?.scrollIntoView({ block: "center" });
  document.querySelectorAll("mark.now").forEach((m) => m.classList.remove("now"));
  document.querySelectorAll(`mark[data-items~="${CSS.escape(card.id)}"]`).forEach((m) => m.classList.add("now"));
}

// ── keys: printed on the buttons, off in fields, and off altogether when asked ──

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.closest?.("button, summary, a")) return; // there it presses what has the focus
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || localStorage.getItem("keys") === "off") return;
  const button = document.querySelector(`[data-key~="${CSS.escape(event.key === " " ? "space" : event.key)}"]:not(:disabled)`);
  if (button) { event.preventDefault(); button.click(); if (button.tagName === "SUMMARY") button.parentElement.querySelector("input")?.focus(); return; }
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});

function keys() {
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  box.hidden = false;
  const field = box.querySelector("input");
  field.checked = localStorage.getItem("keys") !== "off";
  field.addEventListener("change", () => localStorage.setItem("keys", field.checked ? "on" : "off"));
}

// ── charts and maps come when a page has one ──

function pictures() {
  if (document.querySelector("[data-chart]")) import("/static/charts.js").then((m) => m.draw());
  if (document.querySelector("[data-map]")) import("/static/map.js").then((m) => m.draw());
}

function begin() { reader(); keys(); pictures(); }
begin();
