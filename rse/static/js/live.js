// Keeps the parts of a page that carry data-live="topic …" fresh. A socket says that something changed; the part then hears the event
// "live" and asks its ordinary address again, as its hx-trigger says. Each part also polls slowly by itself, so a socket that is refused or
// lost costs nothing. One socket per tab.

const LONGEST_WAIT = 30_000;
const LONGEST_JITTER = 800;
const WAIT_AFTER_FLOOD = 60_000;
const STABLE = 10_000; // a socket that lived this long was no failure
const FRESH = 2_000; // a page that was drawn before that may have missed something

const ENDED = 4401;
const POLL = 4409;
const TOO_FAST = 4429;
const NOT_SPOKEN = 4400;

let socket = null;
let attempts = 0;
let since = Infinity; // when the socket began to speak
let timer = 0;
let polls = false; // this tab was told to poll, or is not understood
let isFirst = true; // no socket has spoken yet on this page
let isBehind = false; // something may have happened that this page was not told of
const refused = new Set();
const waiting = new Map(); // what changed while the tab was hidden: topic -> version

const parts = () => document.querySelectorAll("[data-live]");
const topicsOf = (part) => part.dataset.live.split(/\s+/).filter(Boolean);

function topics() {
  return [...new Set([...parts()].flatMap(topicsOf))].filter((topic) => !refused.has(topic));
}

// --- What a part of the page hears ---

function tell(topic, version) {
  if (document.hidden) {
    waiting.set(topic, version);
    return;
  }
  setTimeout(() => {
    for (const part of parts()) {
      if (topicsOf(part).includes(topic) && (!version || version !== part.dataset.liveVersion)) {
        part.dispatchEvent(new CustomEvent("live", { detail: { topic, version } }));
      }
    }
  }, Math.random() * LONGEST_JITTER);
}

// Every part asks its ordinary address once: what happened while nobody could be told is not counted, and nothing counts it.
function askAgain() {
  if (document.hidden) return;
  isBehind = false;
  for (const part of parts()) {
    setTimeout(() => part.dispatchEvent(new CustomEvent("live", { detail: { topic: null, version: "" } })), Math.random() * LONGEST_JITTER);
  }
}

function isFresh() {
  const drawn = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
  return performance.now() - drawn < FRESH;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (isBehind && socket) {
    waiting.clear();
    askAgain();
    return;
  }
  const missed = [...waiting];
  waiting.clear();
  for (const [topic, version] of missed) tell(topic, version);
});

// --- What the socket says ---

let watched = new Set();

function say(frame) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function watch() {
  const wanted = topics();
  const fresh = wanted.filter((topic) => !watched.has(topic));
  const gone = [...watched].filter((topic) => !wanted.includes(topic));
  if (gone.length) say({ unwatch: gone });
  if (fresh.length) say({ watch: fresh });
  watched = new Set(wanted);
}

function hear(frame) {
  for (const topic of Object.keys(frame.refused || {})) {
    refused.add(topic);
    watched.delete(topic);
  }
  if (frame.hello) {
    since = Date.now();
    isBehind ||= !isFirst || !isFresh();
    isFirst = false;
    watch();
  } else if (frame.ping) {
    say({ pong: frame.ping });
  } else if (frame.watching) {
    if (isBehind) askAgain();
  } else if (frame.topic) {
    tell(frame.topic, frame.version);
  }
}

// --- Opening it, and coming back ---

function connect() {
  clearTimeout(timer);
  if (socket || polls || !parts().length || !("WebSocket" in window)) return;
  const address = new URL("/ws/", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(address);
  socket = opened;
  watched = new Set();
  opened.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  opened.addEventListener("close", (event) => {
    if (socket !== opened) return;
    socket = null;
    lose(event.code);
  });
}

function lose(code) {
  if (Date.now() - since > STABLE) attempts = 0;
  since = Infinity;
  if (code === ENDED) {
    polls = true;
    addEventListener("focus", reloadUnlessTyping);
    document.addEventListener("visibilitychange", reloadUnlessTyping);
  } else if (code === POLL || code === NOT_SPOKEN) {
    polls = true;
  } else {
    const wait = code === TOO_FAST ? WAIT_AFTER_FLOOD : Math.min(LONGEST_WAIT, 1000 * 2 ** attempts);
    attempts += 1;
    timer = setTimeout(connect, code === TOO_FAST ? wait : Math.random() * wait);
  }
}

// Signed out elsewhere, or no longer allowed what this page shows: it is read anew, but never over something that was typed.
function reloadUnlessTyping() {
  if (document.hidden) return;
  const typed = [...document.querySelectorAll("input:not([type=hidden]), textarea")].some((control) =>
    ["checkbox", "radio"].includes(control.type) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue,
  );
  if (!typed) location.reload();
}

addEventListener("online", connect);
addEventListener("pagehide", () => {
  const leaving = socket;
  socket = null;
  leaving?.close();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) connect();
});
document.addEventListener("htmx:afterSettle", () => (socket ? watch() : timer || connect()));

connect();
