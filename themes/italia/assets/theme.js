// Before the first paint: the appearance that the reader chose on an earlier page.
try {
  const theme = localStorage.getItem("vademecum-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: the system's preference stands.
}
