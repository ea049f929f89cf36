// The combined filter of "what concerns me": one value of each dimension, in the address of the page.
// The rule is that of the pages of single values: a guideline that names nothing in a dimension holds for all.
"use strict";
{
  const box = document.getElementById("_filter");
  const form = box.querySelector("form");
  const status = document.getElementById("_filter-status");
  const result = document.getElementById("_filter-result");
  const words = box.dataset;
  const firstTitle = document.title;
  const heading = document.querySelector("h1").textContent;
  let loading;
  /** The choice that the address holds. */
  let fromAddress = [];

  /** Texts are set as text: nothing of the data is read as HTML. */
  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** A load that failed is tried again the next time. */
  function load() {
    loading ??= fetch(words.url).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    });
    loading.catch(() => (loading = undefined));
    return loading;
  }

  /** What the reader has chosen, in the order of the form. */
  function choices() {
    return [...form.querySelectorAll("select")].filter((select) => select.value).map((select) => ({
      name: select.name,
      value: select.value,
      text: select.selectedOptions[0].text,
      dimension: select.labels[0].textContent,
    }));
  }

  function holds(guideline, { name, value }) {
    const named = guideline.values[name];
    return !named || named.includes(value);
  }

  function query(chosen) {
    return "?" + new URLSearchParams(chosen.map(({ name, value }) => [name, value]));
  }

  function addressOf(chosen) {
    return chosen.length ? query(chosen) : location.pathname;
  }

  function count(guidelines) {
    const provisions = guidelines.reduce((sum, guideline) => sum + guideline.provisions.length, 0);
    const of = (number, one, many) => `${number} ${number === 1 ? one : many}`;
    return `${of(provisions, words.provision, words.provisions)} ${words.in} ${of(guidelines.length, words.guideline, words.guidelines)}`;
  }

  function link(text, href) {
    return element("a", { href: words.root + href }, text);
  }

  function provisionItem(provision) {
    const level = element("span", { className: `level level--${provision.level}` }, provision.level_label);
    const item = element("li", {}, link(`${provision.id} ${provision.title}`, provision.href), " ", level);
    if (provision.citations.length) {
      const citations = provision.citations.map(({ text, href }) => element("li", {}, link(text, href)));
      item.append(element("ul", { className: "inline" }, ...citations));
    }
    return item;
  }

  /** The markup of the page of a single value, with the dimensions in which the guideline names nothing. */
  function guidelineSection(guideline, chosen) {
    const title = element("h3", {}, link(guideline.title, guideline.href));
    if (guideline.id) title.prepend(element("span", { className: "document__id" }, guideline.id), " ");
    const facts = element("p", {});
    if (guideline.status) {
      facts.append(element("span", { className: `status status--${guideline.status}` }, guideline.status_label), " ");
    }
    const open = chosen.filter(({ name }) => !guideline.values[name]).map(({ dimension }) => dimension);
    if (open.length) facts.append(element("span", { className: "muted" }, `${words.forAll}: ${open.join(", ")}`));
    const list = guideline.provisions.length
      ? element("ul", { className: "checklist" }, ...guideline.provisions.map(provisionItem))
      : element("p", {}, words.noProvisions);
    return element("section", { className: "concern" }, title, facts, list);
  }

  /** Which single criterion to drop, and what one would then find. */
  function nothing(guidelines, chosen) {
    const ways = chosen.flatMap((dropped) => {
      const rest = chosen.filter((choice) => choice !== dropped);
      const found = guidelines.filter((guideline) => rest.every((choice) => holds(guideline, choice)));
      if (!found.length) return [];
      const text = `${words.drop} ${dropped.dimension}: ${dropped.text}`;
      return [element("li", {}, element("a", { href: query(rest) }, text), ` (${count(found)})`)];
    });
    return ways.length ? element("ul", {}, ...ways) : element("p", {}, words.notEnough);
  }

  function show({ guidelines }, chosen) {
    const title = `${words.of}: ${chosen.map(({ text }) => text).join(", ")}`;
    const found = guidelines.filter((guideline) => chosen.every((choice) => holds(guideline, choice)));
    const sections = found.map((guideline) => guidelineSection(guideline, chosen));
    result.replaceChildren(element("h2", {}, title), ...(found.length ? sections : [nothing(guidelines, chosen)]));
    result.hidden = false;
    status.textContent = found.length ? count(found) : words.nothing;
    document.title = firstTitle.replace(heading, title);
  }

  function clear(message) {
    result.hidden = true;
    result.replaceChildren();
    status.textContent = message;
    document.title = firstTitle;
  }

  async function apply() {
    if (!choices().length) {
      clear(words.choose);
      return;
    }
    try {
      const data = await load();
      // The reader may have chosen again in the meantime.
      show(data, choices());
    } catch {
      clear(words.failed);
    }
  }

  /** Takes the choices from the address; what the form does not have is named and dropped. */
  async function follow() {
    const unknown = [];
    for (const select of form.querySelectorAll("select")) select.value = "";
    for (const [name, value] of new URLSearchParams(location.search)) {
      const select = form.elements.namedItem(name);
      if (!select || !value) continue;
      select.value = value;
      if (select.value !== value) {
        select.value = "";
        unknown.push(value);
      }
    }
    if (unknown.length) history.replaceState(null, "", addressOf(choices()));
    fromAddress = choices();
    box.open ||= location.search !== "";
    if (choices().length) await apply();
    else clear("");
    if (unknown.length) status.prepend(`${words.unknown} ${unknown.join(", ")}. `);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = choices();
    // Back leads to the choice before; the same choice again is no new step.
    if (addressOf(chosen) !== addressOf(fromAddress)) history.pushState(null, "", addressOf(chosen));
    fromAddress = chosen;
    apply();
  });
  addEventListener("popstate", follow);
  box.hidden = false;
  follow();
}
