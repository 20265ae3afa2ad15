// The main navigation: a group that somebody opened or folded stays so, and the line of this page is in sight.

const rail = document.getElementById("rail");
const KEPT = "maillage.rail.";

function show() {
  const current = rail.querySelector("[aria-current]");
  if (!current) return;
  const [line, column] = [current.getBoundingClientRect(), rail.getBoundingClientRect()];
  if (line.bottom > column.bottom || line.top < column.top) rail.scrollTop += line.top - column.top - column.height / 3;
}

function kept(group, value) {
  try {
    if (value === undefined) return localStorage.getItem(KEPT + group);
    localStorage.setItem(KEPT + group, value);
  } catch {
    // Storage is switched off: the page decides.
  }
  return null;
}

if (rail) {
  for (const fold of rail.querySelectorAll("details[data-fold]")) {
    const said = kept(fold.dataset.fold);
    if (said && !fold.querySelector("[aria-current]")) fold.open = said === "open";
    fold.querySelector("summary").addEventListener("click", () => kept(fold.dataset.fold, fold.open ? "folded" : "open"));
  }
  show();
  rail.addEventListener("toggle", (event) => event.target === rail && event.newState === "open" && show());
}
