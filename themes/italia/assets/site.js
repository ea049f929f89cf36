// Everything on the page works without this module; it only adds comfort.

const { copy, copied, cite } = document.body.dataset;

/* Light and dark. The choice is kept only while it differs from what the system asks for. */

const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const toggle = document.getElementById("_theme");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

function showTheme() {
  toggle.setAttribute("aria-pressed", String(isDark()));
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  const isSystems = (theme === "dark") === dark.matches;
  if (isSystems) delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (isSystems) localStorage.removeItem("vademecum-theme");
    else localStorage.setItem("vademecum-theme", theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  showTheme();
}

if (toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", switchTheme);
  dark.addEventListener("change", showTheme);
  showTheme();
}

/* The navigation opens where the reader is. */

const sidebar = document.getElementById("_menu");
const here = sidebar?.querySelector("[aria-current]");
if (here) sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 3;

/* The contents of the page follow the reader. */

const entries = [...document.querySelectorAll(".contents a")].flatMap((link) => {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return heading ? [{ link, heading }] : [];
});

function followReader() {
  const reached = entries.filter(({ heading }) => heading.getBoundingClientRect().top < innerHeight * 0.3);
  for (const entry of entries) {
    if (entry === reached.at(-1)) entry.link.setAttribute("aria-current", "true");
    else entry.link.removeAttribute("aria-current");
  }
}

const observer = new IntersectionObserver(followReader, { rootMargin: "0px 0px -70%" });
for (const { heading } of entries) observer.observe(heading);

/* Buttons that copy: a block of code, the citation of a provision or of a place in an act. */

const status = document.createElement("p");
status.className = "hidden";
status.setAttribute("role", "status");
document.body.append(status);

function addCopyButton(parent, label, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    status.textContent = button.textContent = copied;
    setTimeout(() => (status.textContent = "", button.textContent = copy), 2000);
  });
  parent.append(button);
}

function address(id) {
  const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  return `${page}#${id}`;
}

function citation(mark) {
  const link = mark.querySelector("a");
  const id = decodeURIComponent(link.hash.slice(1));
  const heading = document.getElementById(id)?.firstChild?.textContent.trim();
  const words = mark.dataset.cite ?? `${id}, ${heading}, ${document.title.replace(" · ", ", ")}`;
  return `${words}, ${address(id)}`;
}

// Browsers offer the clipboard to safe addresses only.
if (navigator.clipboard) {
  for (const mark of document.querySelectorAll(".provision__mark, [data-cite]:not(body)")) {
    addCopyButton(mark, `${cite} ${mark.querySelector("a").textContent}`, () => citation(mark));
  }
  for (const code of document.querySelectorAll("pre > code")) {
    const frame = document.createElement("div");
    frame.className = "code";
    code.parentElement.replaceWith(frame);
    frame.append(code.parentElement);
    addCopyButton(frame, copy, () => code.textContent);
  }
}
