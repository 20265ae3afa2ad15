// What is typed into a page stays in this tab, for its writer alone, until it was saved: under the names by which the site keeps drafts,
// so that it goes with theirs when somebody else signs in.

const KEPT_TEXTS = ["title", "summary_fr", "body_fr", "title_en", "summary_en", "body_en"];

document.addEventListener("DOMContentLoaded", () => {
  const house = document.querySelector("[data-drafts]");
  const first = document.querySelector("form [data-keep]");
  if (!house?.dataset.drafts || !first) return;
  forgetOthers(house.dataset.drafts);
  const { form, dataset } = first;
  const key = `maillage.draft:${house.dataset.drafts}|${dataset.keep}|${dataset.place}`;
  const fields = KEPT_TEXTS.map((name) => form.elements[name]).filter(Boolean);

  const store = (draft) => {
    try {
      if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
      else sessionStorage.removeItem(key);
    } catch {
      // No storage, no drafts.
    }
  };
  const stored = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const keep = (isSent) => {
    const typed = fields.filter((field) => field.value !== field.defaultValue);
    const values = Object.fromEntries(typed.map((field) => [field.name, field.value]));
    const before = Object.fromEntries(typed.map((field) => [field.name, field.defaultValue]));
    store(typed.length ? { values, before, isSent } : null);
  };

  const draft = stored();
  const isSaved = draft?.isSent && fields.every((field) => !(field.name in draft.values) || draft.values[field.name] === field.value);
  if (isSaved) store(null);
  else if (draft) restore(draft, fields, house);

  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
});

// Drafts under another name are those of somebody who signed out, or of whoever sat here before.
function forgetOthers(name) {
  try {
    const all = Object.keys(sessionStorage).filter((key) => key.startsWith("maillage.draft:"));
    for (const key of all) if (!key.startsWith(`maillage.draft:${name}|`)) sessionStorage.removeItem(key);
  } catch {
    // No storage, no drafts.
  }
}

// Into a field that is as it was when the writer began, the text goes back; where another version came meanwhile it stands beneath, to copy.
function restore({ values, before }, fields, house) {
  const found = fields.filter((field) => field.name in values && field.value !== values[field.name]);
  if (!found.length) return;
  const line = document.createElement("p");
  line.className = "help-block help-info page-draft";
  line.setAttribute("role", "status");
  line.textContent = house.dataset.sentenceBack;
  fields[0].form.prepend(line);
  for (const field of found) {
    if (field.value === before?.[field.name]) {
      field.value = values[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
      continue;
    }
    const other = document.createElement("textarea");
    other.value = values[field.name];
    other.readOnly = true;
    other.dir = "auto";
    other.setAttribute("aria-label", `${field.labels[0]?.textContent.trim() ?? ""} ${house.dataset.sentenceOther}`.trim());
    const words = document.createElement("p");
    words.textContent = house.dataset.sentenceOther;
    field.after(words, other);
  }
}
