// Keys: "/" and Ctrl+K search, "?" lists the keys, Ctrl+Enter sends what is written, j and k go from post to post.
// A key of one letter does nothing where somebody writes, and may be turned off for this browser.

const OFF = "maillage.keys-off";

function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function turn(on) {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // Nothing is kept in this browser: the keys stay as they are.
  }
}

function isWriting(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function search() {
  const box = document.getElementById("search-box");
  if (!box?.checkVisibility()) return false;
  box.focus();
  box.select();
  return true;
}

function list() {
  const dialog = document.getElementById("keys");
  if (!dialog) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

function go(step) {
  const items = [...document.querySelectorAll("[data-step]")].filter((item) => item.checkVisibility());
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[here < 0 ? (step > 0 ? 0 : -1) : here + step];
  if (!next) return false;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "start" });
  return true;
}

function send(field) {
  const form = field.form;
  if (!form || form.method !== "post") return false;
  form.requestSubmit(form.querySelector("button[type=submit]:not([name])"));
  return true;
}

const letters = { "/": search, "?": list, j: () => go(1), k: () => go(-1) };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const target = event.target;
  const isCommand = event.ctrlKey || event.metaKey;
  let isDone = false;
  if (isCommand && event.key === "Enter") isDone = target.matches?.("textarea, input") && send(target);
  else if (isCommand && event.key.toLowerCase() === "k" && !event.shiftKey) isDone = search();
  else if (!isCommand && !isOff() && !isWriting(target) && !document.querySelector("dialog[open]")) isDone = letters[event.key]?.();
  if (isDone) event.preventDefault();
});

const choice = document.querySelector("[data-keys-on]");
if (choice) {
  const show = (on) => {
    choice.checked = on;
    choice.defaultChecked = on; // kept at once: nothing here is typed and not sent, which would hold back a page that must be read anew
  };
  show(!isOff());
  choice.addEventListener("change", () => {
    turn(choice.checked);
    show(choice.checked);
  });
}
