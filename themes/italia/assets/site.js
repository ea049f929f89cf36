// Everything on the page works without this script; it only adds comfort.
// Not a module: it stands in the head and applies the reader's choice of light or dark before the first paint.
"use strict";
{
  const root = document.documentElement;
  const key = "vademecum-theme";

  /** Storage may be closed to us; a choice then lasts as long as the page. */
  function attempt(use) {
    try {
      return use();
    } catch {
      return null;
    }
  }
  const store = (use) => attempt(() => use(localStorage));
  const session = (use) => attempt(() => use(sessionStorage));

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

  /** The side bar stays where the reader left it; if the current page is out of sight there, it comes into sight. */
  function keepPlace(menu, here) {
    const place = "vademecum-menu";
    menu.scrollTop = session((storage) => storage.getItem(place)) ?? 0;
    const top = here.getBoundingClientRect().top - menu.getBoundingClientRect().top;
    if (top < 0 || top > menu.clientHeight - here.clientHeight) menu.scrollTop += top - menu.clientHeight / 3;
    addEventListener("pagehide", () => session((storage) => storage.setItem(place, menu.scrollTop)));
  }

  function offerNavigation() {
    const menu = document.getElementById("_menu");
    const here = menu?.querySelector("[aria-current]");
    const contents = document.querySelector(".contents > details");
    if (menu) openWhenWide(menu, "62em");
    if (menu && here) keepPlace(menu, here);
    menu?.addEventListener("keydown", (event) => {
      const summary = menu.querySelector("summary");
      // On a wide screen there is no button, and nothing to close.
      if (event.key !== "Escape" || !summary.checkVisibility()) return;
      menu.open = false;
      summary.focus();
    });
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

  /** Where the site does not know its own address, the browser does: for the printed margin and for citations. */
  const canonical = () => document.querySelector("link[rel=canonical]")?.href;
  const address = () => canonical() ?? location.href.split("#")[0];

  function sayAddress() {
    if (canonical() || location.protocol === "file:") return;
    root.dataset.address = address();
    for (const link of document.querySelectorAll(".form > a")) link.textContent = address() + link.hash;
  }

  /** Buttons that copy a block of code, a form of a citation, or the citation of a place in an act. */
  function offerCopies() {
    const { copy, copied, cite } = document.body.dataset;
    const page = address();
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

    for (const form of document.querySelectorAll(".form")) {
      const words = form.textContent;
      add(form, `${copy}: ${form.previousElementSibling.textContent}`, () => words);
    }
    for (const mark of document.querySelectorAll(".place__title")) {
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

  /** Opened from a file there is no host that gives a folder its page, and no search. */
  const isOnDisk = location.protocol === "file:";
  function serveFromDisk() {
    for (const link of document.links) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
    document.getElementById("_search-disk")?.removeAttribute("hidden");
    document.getElementById("_search-form")?.remove();
  }

  /** The search opens over the page: with its link, with `/` and with Ctrl-K. Nothing of it is loaded before. */
  function offerSearch() {
    const link = document.getElementById("_search-link");
    if (!link || isOnDisk) return;
    const field = document.querySelector("main #_search-query");
    const open = async () => {
      if (field) return field.focus();
      try {
        // Its address is one for the page; of itself a script would look for it from its own folder.
        await (await import(new URL(link.dataset.script, document.baseURI))).open(link.href);
      } catch {
        location.assign(link.href);
      }
    };
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, select, textarea, [contenteditable]");
      if (!isShortcut && !isSlash) return;
      event.preventDefault();
      open();
    });
  }

  /** The place of the page that the address names. */
  const addressed = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  /** The address of a page that has moved leads on, to the same place where there is one. */
  function leadOn(departed) {
    const place = addressed();
    location.replace(place?.querySelector("a")?.href ?? departed.dataset.moved);
  }

  /** Another edition opens at the place that is being read: the provision itself knows where it is there. */
  function keepPlaceInEditions() {
    const menu = document.getElementById("_editions");
    menu?.addEventListener("click", ({ target }) => {
      const link = target.closest("a");
      const place = addressed();
      if (!link || !place) return;
      const known = [...(place.closest(".provision")?.querySelectorAll(".cite-forms a") ?? [])];
      const same = known.find((other) => other.textContent.startsWith(link.textContent));
      if (same) link.href = same.href;
      else if (link.pathname !== location.pathname) link.hash = location.hash;
    });
    menu?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const departed = document.querySelector("[data-moved]");
    if (departed) leadOn(departed);
    offerThemes();
    offerNavigation();
    followReader();
    offerSearch();
    keepPlaceInEditions();
    if (isOnDisk) serveFromDisk();
    sayAddress();
    // Browsers open the clipboard to safe addresses only.
    if (navigator.clipboard) offerCopies();
  });
}
