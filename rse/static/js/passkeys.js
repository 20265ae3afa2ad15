// Passkeys. A form with data-passkey="show" lets a device answer for its owner, one with "make" lets it make a key; the answer goes into the
// field "credential", and the form is sent as any other. The question stands in data-question, or is asked where the form goes.

const isKnown = "credentials" in navigator && "PublicKeyCredential" in window;
const PHONE = "(max-width: 40rem)";
let conditional = null; // the question that waits behind the field of the name

// --- Bytes, which JSON carries as letters ---

function bytes(letters) {
  const plain = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function letters(buffer) {
  if (!buffer) return undefined;
  const plain = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function questionOf({ publicKey: asked }) {
  const question = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) question.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.allowCredentials) question.allowCredentials = withBytes(asked.allowCredentials);
  if (asked.excludeCredentials) question.excludeCredentials = withBytes(asked.excludeCredentials);
  return question;
}

const ANSWERED = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function written(credential) {
  const response = {};
  for (const name of ANSWERED) if (credential.response[name]) response[name] = letters(credential.response[name]);
  const id = letters(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
}

// --- Asking, and what is said where nothing comes back ---

async function ask(form) {
  if (form.dataset.question) return questionOf(JSON.parse(form.dataset.question));
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Background": "1" }, redirect: "manual" });
  if (answer.type === "opaqueredirect") location.reload(); // too long ago, or signed out: the page says so
  if (!answer.ok) throw new TypeError(`the question was refused: ${answer.status}`);
  return questionOf(await answer.json());
}

const SAID = { InvalidStateError: "known", SecurityError: "elsewhere", TypeError: "offline" };

function say(form, error) {
  const line = form.querySelector("[data-passkey-said]");
  line.textContent = error ? line.dataset[SAID[error.name] || "stopped"] : "";
  line.hidden = !error;
}

function send(form, credential) {
  form.elements.credential.value = written(credential);
  form.submit();
}

async function answer(form) {
  if (form.hasAttribute("aria-busy")) return;
  say(form, null);
  form.setAttribute("aria-busy", "true");
  conditional?.abort();
  try {
    const publicKey = await ask(form);
    const isMade = form.dataset.passkey === "make";
    send(form, await (isMade ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })));
  } catch (error) {
    say(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// --- Offered by the browser itself, in the field of the name ---

async function offer(form) {
  const field = document.querySelector("form input[name=login]");
  if (!field || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  conditional = new AbortController();
  field.setAttribute("autocomplete", "username webauthn");
  try {
    const publicKey = await ask(form);
    const credential = await navigator.credentials.get({ publicKey, mediation: "conditional", signal: conditional.signal });
    if (credential) send(form, credential);
  } catch {
    // Nobody chose one: the button is still there.
  }
}

// --- On a page ---

async function hasOwnDevice() {
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

async function show(form) {
  form.hidden = false;
  if (!form.hasAttribute("data-first-on-phones") || !matchMedia(PHONE).matches || !(await hasOwnDevice())) return;
  const other = form.parentElement.querySelector("form:not([data-passkey])");
  const button = form.querySelector("[type=submit]");
  button.classList.remove("button-quiet");
  other.querySelector("[type=submit]").classList.add("button-quiet");
  other.before(form);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isKnown) {
    for (const line of document.querySelectorAll("[data-passkey-lacking]")) line.hidden = false;
    for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
    continue;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
  if (form.dataset.passkey === "show") show(form);
  if (form.hasAttribute("data-unasked")) offer(form);
}
