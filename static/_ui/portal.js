// What script adds to pages that work without it: keys, drafts that save themselves, board moves, selections.

const root = document.documentElement;
const all = (selector, scope = document) => [...scope.querySelectorAll(selector)];
const on = (event, handler, options) => document.addEventListener(event, handler, options);
const csrf = (form) => form.querySelector("[name=csrf_token]")?.value
  ?? document.querySelector("[name=csrf_token]")?.value ?? "";

root.classList.add("js");

// --- keyboard: / searches, g then a letter goes, ? lists the keys ---

let going = 0;

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

on("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#menu") location.hash = "#main";
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (Date.now() - going < 1500) {
    going = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
    if (link) { event.preventDefault(); link.click(); }
  } else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === "g") {
    going = Date.now();
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  }
});

// --- clicks: dismiss a message, open the list of keys ---

on("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".undo").remove();
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});

// --- forms are sent once ---

on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  // After this tick, so that the pressed button's own name and value still go out.
  setTimeout(() => buttons(form).forEach((button) => { button.disabled = true; }));
  // A download leaves the page where it is.
  setTimeout(() => rearm(form), 10000);
});

const buttons = (form) => [...form.elements].filter((element) => element.type === "submit");

function rearm(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  buttons(form).forEach((button) => { button.disabled = false; });
}

addEventListener("pageshow", () => all("form[data-sent]").forEach(rearm));
on("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) rearm(form);
});
on("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== "GET") request.headers["X-CSRFToken"] = csrf(document);
});

// --- selections and the bulk bar ---

const picks = (bulk) => all(`[data-pick="${CSS.escape(bulk)}"]`);

function count(bulk) {
  const boxes = picks(bulk);
  const chosen = boxes.filter((box) => box.checked).length;
  all(`[data-pick-count="${CSS.escape(bulk)}"]`).forEach((element) => {
    element.textContent = element.dataset.text.replace("#", chosen.toLocaleString(root.lang));
  });
  all(`[data-pick-all="${CSS.escape(bulk)}"]`).forEach((box) => {
    box.checked = chosen > 0 && chosen === boxes.length;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
  });
}

on("change", ({ target }) => {
  if (target.dataset.pickAll) {
    picks(target.dataset.pickAll).forEach((box) => { box.checked = target.checked; });
    count(target.dataset.pickAll);
  } else if (target.dataset.pick) count(target.dataset.pick);
});
on("reset", ({ target }) => { if (target.id) setTimeout(() => count(target.id)); });

// --- board: dropping a card sends its own form ---

let dragged = null;

function offer() {
  all("[data-card]").forEach((card) => { card.draggable = card.querySelector("form[data-move]") !== null; });
}

on("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]");
  if (dragged) { event.dataTransfer.effectAllowed = "move"; dragged.classList.add("dragged"); }
});
on("dragover", (event) => {
  const lane = dragged && event.target.closest?.("[data-lane]");
  all(".lane.over").forEach((other) => other.classList.toggle("over", other === lane));
  if (!lane || !choice(lane)) return;
  event.preventDefault();
  lane.classList.add("over");
});
on("drop", (event) => {
  const lane = dragged && event.target.closest?.("[data-lane]");
  if (!lane || lane.contains(dragged) || !choice(lane)) return;
  event.preventDefault();
  choice(lane).selected = true;
  lane.prepend(dragged);
  dragged.querySelector("form[data-move]").requestSubmit();
});
on("dragend", () => {
  dragged?.classList.remove("dragged");
  all(".lane.over").forEach((lane) => lane.classList.remove("over"));
  dragged = null;
});

// A lane takes a card only when the card's own form offers that move.
const choice = (lane) => all("form[data-move] [name=to] option", dragged)
  .find((option) => option.value === lane.dataset.lane);

// --- drafts: saved by themselves, kept on this device while offline ---

const PREFIX = "draft:";
const store = {
  read: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  keys: () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
};

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `${PREFIX}${document.body.dataset.viewer ?? ""}:${form.dataset.autosave}`;
    this.timer = 0;
    this.sending = false;
    this.dirty = false;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => { if (this.dirty) this.send(); });
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string"
      && !["csrf_token", "version"].includes(name));
  }

  say(what, detail = "") {
    const place = this.form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
    if (!place) return;
    place.textContent = `${place.dataset[what] ?? ""} ${detail}`.trim();
    place.dataset.now = what;
  }

  changed() {
    this.dirty = true;
    store.write(this.key, { at: Date.now(), fields: this.fields() });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), 800);
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending) { this.timer = setTimeout(() => this.send(), 800); return; }
    if (!navigator.onLine) { this.say("offline"); return; }
    this.sending = true;
    this.dirty = false;
    this.say("saving");
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST", body: this.body(), redirect: "error",
        headers: { "X-CSRFToken": csrf(this.form), "Accept": "application/json" },
      });
      await this.answered(response);
    } catch {
      this.dirty = true;
      this.say("offline");
      this.timer = setTimeout(() => this.send(), 10000);
    } finally {
      this.sending = false;
    }
  }

  body() {
    const body = new FormData(this.form);
    [...body].filter(([, value]) => typeof value !== "string").forEach(([name]) => body.delete(name));
    return body;
  }

  async answered(response) {
    if (!response.ok) {
      this.dirty = true;
      this.say(response.status === 409 ? "stale" : "failed");
      return;
    }
    const news = response.status === 204 ? {} : await response.json().catch(() => ({}));
    const version = this.form.elements.namedItem("version");
    if (version && news.version !== undefined) version.value = news.version;
    if (this.dirty) return;
    store.drop(this.key);
    this.say("saved", new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" }));
  }

  // A copy newer than what the server has was typed while the connection was gone.
  restore() {
    const copy = store.read(this.key);
    if (!copy) return;
    const saved = Date.parse(this.form.dataset.savedAt ?? "") || 0;
    if (copy.submitted || copy.at <= saved) { store.drop(this.key); return; }
    fill(this.form, copy.fields);
    this.dirty = true;
    this.say("restored");
    this.timer = setTimeout(() => this.send(), 800);
  }

  submitted(event) {
    clearTimeout(this.timer);
    const copy = { at: Date.now(), fields: this.fields() };
    if (navigator.onLine) { if (!event.defaultPrevented) store.write(this.key, { ...copy, submitted: true }); return; }
    event.preventDefault();
    event.stopPropagation();
    store.write(this.key, copy);
    this.dirty = true;
    this.say("offline");
  }
}

function fill(form, fields) {
  const values = new Map();
  fields.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
  [...form.elements].forEach((element) => {
    if (!element.name || ["csrf_token", "version"].includes(element.name)) return;
    const found = values.get(element.name) ?? [];
    if (/^(checkbox|radio)$/.test(element.type)) element.checked = found.includes(element.value);
    else if (element.type === "select-multiple") [...element.options].forEach((o) => { o.selected = found.includes(o.value); });
    else if (found.length && !/^(file|submit|button|hidden)$/.test(element.type)) element.value = found.shift();
  });
}

// Nothing typed stays behind on a shared device.
on("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) store.keys().forEach(store.drop);
});

// --- a page, or a part that htmx put in, is made ready ---

function ready(scope) {
  offer();
  all("[data-autosave]", scope).forEach((form) => { form.draft ??= new Draft(form); });
  const bulks = new Set(all("[data-pick]", scope).map((box) => box.dataset.pick));
  bulks.forEach(count);
  all("time[datetime]:not([title])", scope).forEach((time) => {
    const moment = new Date(time.dateTime);
    if (time.dateTime.includes("T") && !Number.isNaN(+moment)) {
      time.title = moment.toLocaleString(root.lang, { dateStyle: "long", timeStyle: "short" });
    }
  });
  scope.querySelector(".error-summary")?.focus();
}

ready(document);
store.keys().forEach((key) => { if (store.read(key)?.submitted) store.drop(key); });
on("htmx:after:swap", () => ready(document));
