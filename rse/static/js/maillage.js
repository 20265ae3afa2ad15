// Behaviours that hang on data attributes. Every page works without this file; with it, pages are kinder.

const root = document.documentElement;
const body = document.body;

// --- Storage that may be switched off or full ---

function read(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch {
    // Not kept: nothing depends on it.
  }
}

// --- Short sentences at the bottom of the page ---

const toasts = document.getElementById("toasts");

function say(words) {
  if (!toasts || !words) return;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = words;
  toasts.append(toast);
  setTimeout(() => toast.remove(), Math.max(5000, words.length * 90));
}

document.addEventListener("maillage:say", (event) => say(event.detail));

// --- Colours: light, dark, or like the device ---

function showTheme() {
  const chosen = root.dataset.theme || "auto";
  for (const button of document.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosen));
  }
}

function chooseTheme(value) {
  if (value === "auto") delete root.dataset.theme;
  else root.dataset.theme = value;
  write("localStorage", "maillage.theme", value === "auto" ? null : value);
  showTheme();
}

// --- Clicks ---

function openDialog(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialogOpen);
  if (!dialog?.showModal) return;
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const words = source ? ("value" in source ? source.value : source.innerText).trim() : button.dataset.copyText;
  try {
    await navigator.clipboard.writeText(words);
    say(button.dataset.copied);
  } catch {
    if (source) getSelection().selectAllChildren(source);
  }
}

const clicks = {
  "[data-theme-value]": (event, button) => chooseTheme(button.dataset.themeValue),
  "[data-dialog-open]": openDialog,
  "[data-dialog-close]": (event, button) => {
    event.preventDefault();
    button.closest("dialog")?.close();
  },
  "[data-print]": () => globalThis.print(),
  "[data-copy], [data-copy-text]": (event, button) => copy(button),
  "[data-dismiss]": (event, button) => button.closest("[data-flash]")?.remove(),
};

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target instanceof HTMLDialogElement && !event.target.hasAttribute("data-stays")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail > 0) event.target.close();
  }
  for (const [selector, act] of Object.entries(clicks)) {
    const found = event.target.closest?.(selector);
    if (found) act(event, found);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// --- A form is sent once: a second click finds it busy. The button is not disabled, for then its value would not be sent. ---

function setBusy(form, submitter, busy) {
  form.toggleAttribute("data-sent", busy);
  for (const element of [form, submitter]) {
    if (busy) element?.setAttribute("aria-busy", "true");
    else element?.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = event.submitter?.getAttribute("formmethod") || form.getAttribute("method") || "get";
  if (event.defaultPrevented || method.toLowerCase() !== "post" || form.hasAttribute("data-many")) return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    return;
  }
  setBusy(form, event.submitter, true);
  markDraftSent(form);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    setBusy(form, form.querySelector("[type=submit][aria-busy], button[aria-busy]"), false);
  }
});

document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.verb !== "get" && event.detail.elt.hasAttribute("data-sent")) event.preventDefault();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig.verb === "get") return;
  setBusy(elt, requestConfig.triggeringEvent?.submitter, true);
  if (elt.matches("form[data-keep]")) sentDrafts.set(event.detail.xhr, draftOf(elt));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig.verb === "get") return;
  const form = requestConfig.elt; // the one that was sent: by now the answer may have taken its place
  setBusy(form, requestConfig.triggeringEvent?.submitter, false);
  const isTaken = xhr.status >= 200 && xhr.status < 400;
  if (!isTaken || !form.matches("form[data-keep]")) return;
  if (requestConfig.triggeringEvent?.submitter?.formNoValidate) return; // a step on the way: nothing was sent for good
  if (isWholePage(xhr.responseText)) markDraftSent(form); // to sign in, perhaps: the page that is opened says
  else if (draftOf(form) === sentDrafts.get(xhr)) dropSent(draftKey(form)); // what was typed since then stays
});

// --- What went wrong on the way, said without losing the page ---

function wordsFor({ status, responseText }) {
  // Only the answer knows how long to wait.
  const page = status === 429 && new DOMParser().parseFromString(responseText, "text/html");
  const kind = { 403: "refused", 404: "gone", 413: "tooBig" }[status] || "failed";
  return (page && page.querySelector("[data-said]")?.textContent) || toasts?.dataset[kind];
}

document.addEventListener("htmx:responseError", (event) => say(wordsFor(event.detail.xhr)));
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (event.detail.requestConfig?.verb !== "get" || event.detail.elt.matches("form, button, a")) say(toasts?.dataset.offline);
  });
}
function isWholePage(answer) {
  return /^\s*<!doctype/i.test(answer || "");
}

// A whole page where a part was asked for (signed out in between, say) is opened as a page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, serverResponse, requestConfig } = event.detail;
  if (!event.detail.shouldSwap || !isWholePage(serverResponse)) return;
  const asked = new URL(requestConfig.path, location.href);
  const got = new URL(xhr.responseURL || location.href);
  if (requestConfig.elt.matches("[hx-select]") && got.pathname === asked.pathname) return; // its content is what was asked for
  event.detail.shouldSwap = false;
  if (xhr.status >= 400) say(wordsFor(xhr));
  else location.assign(got.pathname === asked.pathname ? location.href : got.href);
});

// --- After a swap the focus is on what changed, and one sentence says it; see rse.core.web.views.responses ---

function focusOn(element) {
  element.focus();
  if (document.activeElement === element) return;
  element.tabIndex = -1;
  element.focus();
}

let isFocusSwapped = false; // what is about to go holds the focus

document.addEventListener("htmx:beforeSwap", (event) => {
  isFocusSwapped = event.detail.shouldSwap && event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (isFocusSwapped && document.activeElement === body) focusOn(event.detail.elt);
  isFocusSwapped = false;
});
document.addEventListener("maillage:swapped", (event) => {
  const changed = document.getElementById(event.detail.focus);
  const isTyping = ["textarea", "text"].includes(document.activeElement.type) && document.activeElement.form === changed?.form;
  if (changed && !isTyping) focusOn(changed);
  say(event.detail.said);
});

// --- What is typed or chosen stays, in this tab, for this person, this place and this thing, until it was sent ---

const DRAFTS = "maillage.draft:";
const inOtherTabs = "BroadcastChannel" in window ? new BroadcastChannel("maillage.drafts") : null;
const sentDrafts = new WeakMap(); // what was kept of a form when it was sent, by its request
const keyOfForm = new WeakMap(); // under which each form was kept last: another place was chosen since, perhaps

// Where a form lets its place be chosen, the place belongs to the key: what was typed for one is not proposed for another.
function placeOf(form) {
  const choice = form.querySelector("select[data-keep-by]");
  return choice ? choice.selectedOptions[0]?.dataset.place : form.dataset.place;
}

function draftKey(form) {
  return `${DRAFTS}${body.dataset.drafts}|${form.dataset.keep}|${placeOf(form)}`;
}

// Who will read a text is chosen beside it: a text that came back without its choices would be sent to others. Never a file or a secret.
const TYPED = ["textarea", "text", "search", "url", "tel", "number", "date", "month", "range"];
const CHOSEN = ["radio", "checkbox"];

function keepable(form) {
  const kinds = [...TYPED, ...CHOSEN, "select-one"];
  const isKept = (control) => control.name && kinds.includes(control.type) && !control.readOnly && !control.matches("[data-keep-by], [data-said-anew]");
  return [...form.elements].filter(isKept);
}

const isChosen = (control) => CHOSEN.includes(control.type);
const nameOf = (control) => (isChosen(control) ? `${control.name}=${control.value}` : control.name);
const valueOf = (control) => (isChosen(control) ? control.checked : control.value);

function valueAtFirst(control) {
  if (isChosen(control)) return control.defaultChecked;
  if (control.type !== "select-one") return control.defaultValue;
  const options = [...control.options];
  return (options.findLast((option) => option.defaultSelected) || options.find((option) => !option.disabled))?.value ?? "";
}

const isUntouched = (control) => valueOf(control) === valueAtFirst(control);

function setValue(control, value) {
  if (isChosen(control)) control.checked = value;
  else if (control.type !== "select-one" || [...control.options].some((option) => option.value === value)) control.value = value;
}

function keepDraft(form) {
  if (!body.dataset.draftsUrl) return;
  const [key, before] = [draftKey(form), keyOfForm.get(form)];
  if (before && before !== key) write("sessionStorage", before, null);
  keyOfForm.set(form, key);
  const kept = readDraft(key)?.values || {}; // of a form that came back with what was typed, for what is not sent yet
  const typed = keepable(form).filter((control) => !isUntouched(control) || valueOf(control) === kept[nameOf(control)]);
  const values = Object.fromEntries(typed.map((control) => [nameOf(control), valueOf(control)]));
  const first = Object.fromEntries(typed.map((control) => [nameOf(control), valueAtFirst(control)]));
  write("sessionStorage", key, typed.length ? JSON.stringify({ values, first }) : null);
}

function readDraft(key) {
  try {
    return JSON.parse(read("sessionStorage", key));
  } catch {
    return null;
  }
}

const draftOf = (form) => JSON.stringify(readDraft(draftKey(form))?.values);

function markDraftSent(form) {
  if (!form.matches("[data-keep]")) return;
  keepDraft(form);
  const draft = readDraft(draftKey(form));
  if (draft) write("sessionStorage", draftKey(form), JSON.stringify({ ...draft, isSent: true }));
}

function draftKeys() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFTS));
  } catch {
    return []; // no storage, no drafts
  }
}

function dropSent(key) {
  const values = JSON.stringify(readDraft(key)?.values);
  write("sessionStorage", key, null);
  inOtherTabs?.postMessage({ sent: key, values });
}

function keepOnly(name) {
  for (const key of draftKeys()) if (!name || !key.startsWith(`${DRAFTS}${name}|`)) write("sessionStorage", key, null);
}

// Reaching a page of the product means that what was sent arrived; a sign-in or an error page means that it may not have.
// Drafts under another name go, here and in the other tabs: their person signed out, or somebody else signed in.
function settleDrafts() {
  const { drafts, draftsUrl } = body.dataset;
  if (drafts === undefined) return; // an error page that knows of nobody
  keepOnly(drafts);
  inOtherTabs?.postMessage({ drafts });
  for (const key of draftKeys()) {
    const draft = readDraft(key);
    if (!draft || (draftsUrl && draft.isSent)) dropSent(key);
    else if (draft.isSent) {
      write("sessionStorage", key, JSON.stringify({ ...draft, isSent: undefined }));
      for (const line of document.querySelectorAll("[data-unsent]")) line.hidden = false;
    }
  }
  if (draftsUrl) forgetLostPlaces(draftsUrl);
}

async function forgetLostPlaces(url) {
  const places = [...new Set(draftKeys().map((key) => key.split("|")[2]))].slice(0, 50);
  if (!places.length) return;
  try {
    const asked = new URLSearchParams(places.map((place) => ["place", place]));
    const answer = await fetch(`${url}?${asked}`, { headers: { Accept: "application/json", "X-Background": "1" } });
    if (!answer.ok) return;
    const { lost } = await answer.json();
    for (const key of draftKeys()) if (lost.includes(key.split("|")[2])) write("sessionStorage", key, null);
  } catch {
    // Asked again with the next page.
  }
}

inOtherTabs?.addEventListener("message", ({ data }) => {
  if (data.drafts !== undefined) keepOnly(data.drafts);
  else if (JSON.stringify(readDraft(data.sent)?.values) === data.values) write("sessionStorage", data.sent, null);
});

// A choice that was saved otherwise meanwhile stands as it was saved; a text comes back whatever happened, because it was typed.
const isStillOpen = (control, draft) => TYPED.includes(control.type) || draft.first?.[nameOf(control)] === valueAtFirst(control);

function restoreDraft(form) {
  const draft = readDraft(draftKey(form));
  if (!draft?.values || !body.dataset.draftsUrl || form.querySelector("[aria-invalid=true]")) return;
  for (const control of keepable(form)) {
    if (isUntouched(control) && nameOf(control) in draft.values && isStillOpen(control, draft)) {
      const at = control === document.activeElement ? (control.selectionStart ?? null) : null;
      setValue(control, draft.values[nameOf(control)]);
      if (at !== null) control.setSelectionRange(at, at);
      for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function restoreDrafts(within) {
  for (const form of within.querySelectorAll("form[data-keep]")) restoreDraft(form);
}

// --- Typing and choosing files ---

function count(control) {
  const line = document.querySelector(`[data-count-for="${CSS.escape(control.id)}"]`);
  if (!line) return;
  const length = [...control.value.replace(/\r\n?/g, "\n")].length;
  line.querySelector("[data-count]").textContent = length;
  line.toggleAttribute("data-over", length > Number(line.dataset.countMax));
  line.hidden = false;
}

document.addEventListener("input", (event) => {
  const control = event.target;
  if (control.id) count(control);
  const form = control.form;
  if (!form?.matches("[data-keep]")) return;
  const isEmpty = keepable(form).every(isUntouched);
  if (control.matches("[data-keep-by]") && isEmpty) restoreDraft(form);
  else keepDraft(form);
});

// All rows of a list that are shown, chosen by one box; the box says whether they are.
document.addEventListener("change", ({ target }) => {
  const form = target.dataset.chooseAll || (target.name === "chosen" && target.form?.id);
  if (!form) return;
  const all = document.querySelector(`[data-choose-all="${CSS.escape(form)}"]`);
  const rows = [...document.querySelectorAll(`[name=chosen][form="${CSS.escape(form)}"]`)];
  if (target === all) for (const row of rows) row.checked = all.checked;
  const chosen = rows.filter((row) => row.checked).length;
  all.checked = chosen === rows.length;
  all.indeterminate = chosen > 0 && chosen < rows.length;
});

document.addEventListener("change", (event) => {
  const line = event.target.closest?.("[data-file-drop]")?.querySelector("[data-file-name]");
  if (!line || event.target.type !== "file") return;
  const limit = Number(event.target.dataset.maxBytes || Infinity);
  const files = [...event.target.files];
  const isTooBig = files.some((file) => file.size > limit);
  const size = (bytes) => {
    const [unit, divisor] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
    return new Intl.NumberFormat(root.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / divisor);
  };
  line.textContent = files.map((file) => `${file.name} · ${size(file.size)}`).join(", ") + (isTooBig ? ` · ${line.dataset.tooBig}` : "");
  line.toggleAttribute("data-over", isTooBig);
  line.hidden = files.length === 0;
});

for (const [name, isOver] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    const area = event.target.closest?.("[data-file-drop]");
    if (!area) return;
    area.toggleAttribute("data-over", isOver);
    if (name === "dragover" && event.target.type !== "file") event.preventDefault();
    if (name === "drop" && event.target.type !== "file") {
      const input = area.querySelector("input[type=file]");
      event.preventDefault();
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

// --- When a page, or a part of it, arrives ---

function arrive(within) {
  for (const hidden of within.querySelectorAll("[data-dismiss], [data-theme-choice], [data-with-script]")) hidden.hidden = false;
  for (const line of within.querySelectorAll("[data-count-for]")) {
    const control = document.getElementById(line.dataset.countFor);
    if (control) count(control);
  }
  restoreDrafts(within);
  const summary = within.querySelector("[data-error-summary]");
  summary?.focus();
}

settleDrafts();
showTheme();
arrive(document);
document.addEventListener("htmx:afterSettle", (event) => arrive(event.detail.elt.parentElement || document));
