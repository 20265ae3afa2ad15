// A shared terminal keeps nothing and waits for nobody: see rse.identity.shared_terminals. The server ends the session whatever happens
// here; this file says so in time, and takes the page away.

const root = document.documentElement;
const block = document.querySelector("[data-terminal]");
const dialog = document.getElementById("terminal");
const stays = document.querySelector("[data-terminal-stay]");
const leaves = document.querySelector("[data-terminal-out]");
const LASTS = Number(block.dataset.seconds) * 1000;
const WARNS = Number(block.dataset.warning) * 1000;
const TOLD_EVERY = LASTS / 12; // how far the server may lag behind a touch
const OTHERS_SIGN_OUT = 1500; // the window that says so does it, and this one comes after it
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove", "input"];

// --- Nothing is written, by any script of the page, and what is there goes ---

function forget() {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].clear();
    } catch {
      // Switched off: nothing is in it.
    }
  }
}

Storage.prototype.setItem = () => undefined;
forget();

// --- How long nobody has touched the page, in any window ---

let touchedAt = Date.now();
let toldAt = Date.now(); // asking for the page was a touch
let isLeaving = false;
const windows = "BroadcastChannel" in window ? new BroadcastChannel("maillage.terminal") : null;

function touch() {
  touchedAt = Date.now();
  windows?.postMessage({ touchedAt });
}

async function tell() {
  toldAt = Date.now();
  try {
    const answer = await fetch(stays.action, { method: "POST", body: new FormData(stays), redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) leave();
  } catch {
    // Told with the next touch; the server does not wait.
  }
}

function leave({ isTold = false } = {}) {
  if (isLeaving) return;
  isLeaving = true;
  root.hidden = true;
  forget();
  if (!isTold) windows?.postMessage({ left: true });
  if (leaves && !isTold) leaves.submit();
  else setTimeout(() => location.replace(block.dataset.out), leaves ? OTHERS_SIGN_OUT : 0);
}

function isTypedIn() {
  return [...document.querySelectorAll("input:not([type=hidden]), textarea")].some((control) => control.value !== control.defaultValue);
}

function look() {
  const left = LASTS - (Date.now() - touchedAt);
  if (!dialog) {
    if (left <= 0 && (isTypedIn() || location.pathname !== block.dataset.out)) leave({ isTold: true });
    return;
  }
  if (touchedAt > toldAt && Date.now() - toldAt >= TOLD_EVERY) tell();
  if (left <= 0) leave();
  else if (left <= WARNS) {
    dialog.querySelector("[data-terminal-count]").textContent = Math.ceil(left / 1000);
    if (!dialog.open) dialog.showModal();
  } else if (dialog.open) dialog.close();
}

for (const name of TOUCHES) {
  document.addEventListener(name, () => !dialog?.open && touch(), { capture: true, passive: true });
}
stays?.addEventListener("submit", (event) => {
  event.preventDefault();
  touch();
  tell();
  look();
});
dialog?.addEventListener("cancel", () => {
  touch();
  tell();
});
windows?.addEventListener("message", ({ data }) => {
  if (data.left) leave({ isTold: true });
  else touchedAt = Math.max(touchedAt, data.touchedAt);
});
document.addEventListener("submit", (event) => {
  if (event.target.action !== leaves?.action) return;
  forget();
  windows?.postMessage({ left: true });
});
document.addEventListener("visibilitychange", look);
setInterval(look, 500);

// --- The way back leads to no page that was shown before ---

addEventListener("pagehide", () => {
  root.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
