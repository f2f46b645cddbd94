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

// ── words that are selected in the dispatch can become a record ──

const counted = (text) => [...text].length; // code points, as the ledger counts

document.addEventListener("selectionchange", () => {
  const box = document.querySelector("[data-adding]"), text = document.getElementById("text"), chosen = getSelection();
  if (!box || !text || !chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = counted(before.toString()), words = range.toString();
  box.open = true;
  box.querySelector("[name=select]").value = `${start}-${start + counted(words)}`;
  const shown = box.querySelector("[data-chosen]");
  shown.hidden = false;
  shown.textContent = `Selected: ${words.length > 200 ? words.slice(0, 200) + "…" : words}`;
});

// ── keys: printed on the buttons, off in fields, off altogether when asked, and each may be another ──

const kept = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* then it holds for this page */ } },
};
let own = {}; // act → key, where it is not the one that is printed
try { own = JSON.parse(kept.get("own keys")) ?? {}; } catch { /* begin anew */ }

const READER = { next: ["j"], back: ["k"] };
const keysOf = (act, printed) => (typeof own[act] === "string" && own[act] ? [own[act]] : printed);
const printed = (e) => e.dataset.key.split(" ");
const acts = () => new Map([
  ...[...document.querySelectorAll("[data-key][data-act]")].map((e) => [e.dataset.act, printed(e)]),
  ...(document.querySelector("[data-reader]") ? Object.entries(READER) : []),
]);

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.closest?.("button, summary, a")) return; // there it presses what has the focus
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || kept.get("keys") === "off") return;
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const button = [...document.querySelectorAll("[data-key]:not(:disabled)")].find((e) => keysOf(e.dataset.act, printed(e)).includes(key));
  if (button) { event.preventDefault(); button.click(); if (button.tagName === "SUMMARY") button.parentElement.querySelector("input:not([type=hidden]), select")?.focus(); return; }
  if (keysOf("next", READER.next).includes(key)) step(1);
  if (keysOf("back", READER.back).includes(key)) step(-1);
});

function keys() {
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  box.hidden = false;
  const field = box.querySelector("input");
  field.checked = kept.get("keys") !== "off";
  field.addEventListener("change", () => kept.set("keys", field.checked ? "on" : "off"));
  change(box.querySelector("[data-change]"));
  print();
}

// What is printed is what works.
function print() {
  for (const e of document.querySelectorAll("[data-key][data-act]")) {
    const now = keysOf(e.dataset.act, printed(e));
    e.querySelectorAll("kbd").forEach((kbd, n) => { kbd.textContent = now[n] ?? now[0]; });
  }
  for (const kbd of document.querySelectorAll("kbd[data-for]")) kbd.textContent = keysOf(kbd.dataset.for, READER[kbd.dataset.for])[0];
}

function change(box) {
  if (!box || box.dataset.ready) return;
  box.dataset.ready = "yes";
  const list = document.createElement("p"), known = acts();
  for (const [act, those] of known) {
    const label = document.createElement("label"), field = document.createElement("input");
    Object.assign(field, { type: "text", maxLength: 1, size: 2, value: own[act] ?? "", placeholder: those[0], autocomplete: "off" });
    field.addEventListener("change", () => set(act, field, known));
    label.append(act + " ", field);
    list.append(label, " ");
  }
  box.append(list);
}

// A key for an act; one that another act has is refused.
function set(act, field, known) {
  const key = field.value.trim().toLowerCase();
  const taken = [...known].find(([other, those]) => other !== act && key && keysOf(other, those).includes(key));
  field.setCustomValidity(taken ? `${key} is the key for ${taken[0]}` : "");
  if (taken) { field.reportValidity(); return; }
  own = { ...own, [act]: key || undefined };
  kept.set("own keys", JSON.stringify(own));
  print();
}

// ── charts and maps come when a page has one ──

function pictures() {
  if (document.querySelector("[data-chart]")) import("/static/charts.js").then((m) => m.draw());
  if (document.querySelector("[data-map]")) import("/static/map.js").then((m) => m.draw());
}

function begin() { reader(); keys(); pictures(); }
begin();
