// Everything on the page works without this script; it only adds comfort.
// Not a module: it stands in the head and applies the reader's choice of light or dark before the first paint.
"use strict";
{
  const root = document.documentElement;
  const key = "vademecum-theme";

  /** Storage may be closed to us; a choice then lasts as long as the page. */
  function store(use) {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  }

  const chosen = store((storage) => storage.getItem(key));
  if (chosen) root.dataset.theme = chosen;

  /** Light and dark. The choice is kept only while it differs from what the system asks for. */
  function offerThemes() {
    const toggle = document.getElementById("_theme");
    const systemDark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
    const show = () => toggle?.setAttribute("aria-pressed", isDark());
    toggle?.addEventListener("click", () => {
      const dark = !isDark();
      if (dark === systemDark.matches) {
        delete root.dataset.theme;
        store((storage) => storage.removeItem(key));
      } else {
        root.dataset.theme = dark ? "dark" : "light";
        store((storage) => storage.setItem(key, root.dataset.theme));
      }
      show();
    });
    systemDark.addEventListener("change", show);
    toggle?.removeAttribute("hidden");
    show();
  }

  /** On a wide screen the style sheet shows these boxes anyway: open them for those who do not see it. */
  function openWhenWide(box, width) {
    const wide = matchMedia(`(min-width: ${width})`);
    const follow = () => (box.open = wide.matches);
    wide.addEventListener("change", follow);
    if (wide.matches) follow();
  }

  function offerNavigation() {
    const menu = document.getElementById("_menu");
    const here = menu?.querySelector("[aria-current]");
    const contents = document.querySelector(".contents > details");
    if (menu) openWhenWide(menu, "62em");
    menu?.addEventListener("keydown", (event) => {
      const summary = menu.querySelector("summary");
      // On a wide screen there is no button, and nothing to close.
      if (event.key !== "Escape" || !summary.checkVisibility()) return;
      menu.open = false;
      summary.focus();
    });
    if (here) menu.scrollTop = here.offsetTop - menu.clientHeight / 3;
    if (contents) openWhenWide(contents, "78em");
  }

  /** The entry of the contents for what is being read. */
  function followReader() {
    const entries = [...document.querySelectorAll(".contents a")].flatMap((link) => {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return heading ? [{ link, heading }] : [];
    });
    const mark = () => {
      const isReached = ({ heading }) => heading.getBoundingClientRect().top < innerHeight * 0.3;
      const current = entries.findLast(isReached);
      for (const entry of entries) {
        if (entry === current) entry.link.setAttribute("aria-current", "true");
        else entry.link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70%" });
    for (const { heading } of entries) observer.observe(heading);
  }

  /** Buttons that copy a block of code, or the citation of a provision or of a place in an act. */
  function offerCopies() {
    const { copy, copied, cite } = document.body.dataset;
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const status = document.createElement("p");
    status.className = "hidden";
    status.setAttribute("role", "status");
    document.querySelector("main").append(status);

    const add = (parent, label, text) => {
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
    };

    for (const mark of document.querySelectorAll(".provision__mark, .place__title")) {
      const link = mark.querySelector("a");
      const name = link.textContent;
      const words = () => mark.dataset.cite ?? `${name}, ${document.title.replace(" · ", ", ")}`;
      add(mark, `${cite} ${name}`, () => `${words()}, ${page}${link.hash}`);
    }
    for (const mark of document.querySelectorAll(".cite")) {
      add(mark, cite, () => `${mark.dataset.cite}, ${page}`);
    }
    for (const code of document.querySelectorAll("pre > code")) {
      const frame = document.createElement("div");
      frame.className = "code";
      code.parentElement.replaceWith(frame);
      frame.append(code.parentElement);
      add(frame, copy, () => code.textContent);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    offerThemes();
    offerNavigation();
    followReader();
    // Browsers open the clipboard to safe addresses only.
    if (navigator.clipboard) offerCopies();
  });
}
