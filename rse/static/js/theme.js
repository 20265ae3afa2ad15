// Before the first paint, so that a page never flashes in the wrong colours. Everything else is in maillage.js.
try {
  const theme = localStorage.getItem("maillage.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the device decides.
}
