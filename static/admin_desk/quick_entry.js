// The quick entry page: dates in words, suggestions, likely duplicates, PLOVER's definitions.
// Everything on the page works without it.

const form = document.getElementById("quick_form");
const field = (name) => form.elements[name];
const WAIT = 250; // milliseconds after the last key

function later(action) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, WAIT);
  };
}

async function ask(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams(query)}`);
  return answer.ok ? answer.json() : {};
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

async function sayDate() {
  const words = document.getElementById("date-words");
  const date = field("date").value.trim();
  const answer = date ? await ask(form.dataset.date, { date }) : {};
  words.replaceChildren();
  if (answer.error) words.append(answer.error);
  for (const [lang, text] of Object.entries(answer.words ?? {})) {
    words.append(element("span", text, { lang }), " ");
  }
}

function offerDisputes(disputes) {
  const words = document.getElementById("disputes-suggested");
  const box = (id) => form.querySelector(`[name="disputes"][value="${id}"]`);
  const buttons = disputes.filter(({ id }) => box(id) && !box(id).checked).map(({ id, text }) => {
    const button = element("button", text, { type: "button" });
    button.addEventListener("click", () => {
      box(id).checked = true;
      button.remove();
      if (!words.querySelector("button")) words.replaceChildren();
    });
    return button;
  });
  words.replaceChildren(...(buttons.length ? [words.dataset.words, ...buttons] : []));
}

async function findAlike() {
  const query = { date: field("date").value.trim() };
  for (const lang of ["en", "ko", "ja"]) query[`title_${lang}`] = field(`title_${lang}`).value;
  const { results = [], disputes = [] } = await ask(form.dataset.alike, query);
  offerDisputes(disputes);
  const box = document.getElementById("alike");
  box.hidden = results.length === 0;
  box.querySelector("ul").replaceChildren(
    ...results.map(({ text, address }) => {
      const item = document.createElement("li");
      item.append(element("a", text, { href: address, target: "_blank" }));
      return item;
    }),
  );
}

// A select of many actors becomes a list of the chosen ones and a box that suggests others.
function suggestFor(select) {
  const chosen = element("ul", "", { className: "quick-chosen" });
  const box = element("input", "", { type: "text", placeholder: form.dataset.find });
  const offered = element("ul", "", { className: "quick-offered" });
  box.setAttribute("aria-label", `${select.labels[0]?.textContent ?? ""} ${form.dataset.find}`);
  box.autocomplete = "off";
  const options = () => [...select.options];
  const show = () => {
    const items = options().filter((o) => o.selected).map((option) => {
      const item = element("li", `${option.text} `);
      const button = element("button", form.dataset.remove, { type: "button" });
      button.addEventListener("click", () => {
        option.selected = false;
        show();
      });
      item.append(button);
      return item;
    });
    chosen.replaceChildren(...items);
  };
  const choose = (id) => {
    const option = options().find((o) => o.value === String(id));
    if (option) option.selected = true;
    box.value = "";
    offered.replaceChildren();
    show();
    box.focus();
  };
  const look = later(async () => {
    const { results = [] } = await ask(form.dataset.suggest, { type: "actor", q: box.value });
    const items = results.map(({ id, text }) => {
      const item = document.createElement("li");
      const button = element("button", text, { type: "button" });
      button.addEventListener("click", () => choose(id));
      item.append(button);
      return item;
    });
    offered.replaceChildren(...items);
  });
  box.addEventListener("input", look);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    offered.querySelector("button")?.click();
  });
  select.hidden = true;
  select.after(chosen, box, offered);
  select.addEventListener("change", show);
  show();
}

// An actor that is missing: put down as a draft, and chosen.
function addActors(area) {
  const fault = area.querySelector(".errornote");
  const inputs = [...area.querySelectorAll("input, select")];
  const add = async (name) => {
    const token = form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams(inputs.map((input) => [input.name, input.value]));
    const headers = { "X-CSRFToken": token };
    const answer = await fetch(form.dataset.actor, { method: "POST", headers, body });
    const { id, text, errors = {} } = await answer.json();
    fault.hidden = answer.ok;
    fault.textContent = Object.values(errors).flat().join(" ");
    if (!answer.ok) return;
    for (const list of ["initiators", "targets"]) {
      field(list).append(new Option(text, id, false, list === name));
      field(list).dispatchEvent(new Event("change"));
    }
    for (const input of inputs.filter((i) => i.type === "text")) input.value = "";
    area.open = false;
  };
  for (const button of area.querySelectorAll("button")) {
    button.addEventListener("click", () => add(button.dataset.for));
  }
  area.hidden = false;
}

async function findSource() {
  const q = field("source").value.trim();
  const { results = [] } = q ? await ask(form.dataset.suggest, { type: "source", q }) : {};
  const words = document.getElementById("source-found");
  words.replaceChildren();
  const isNew = /^https?:\/\/./i.test(q) && results.length === 0;
  if (isNew) document.getElementById("new-source").open = true;
  for (const { key, text } of results) {
    const button = element("button", text, { type: "button" });
    button.addEventListener("click", () => {
      field("source").value = key;
      words.replaceChildren(text);
    });
    words.append(button, " ");
  }
}

function definePlover() {
  const code = field("plover").value;
  const term = document.querySelector(`#plover-types dt[data-code="${CSS.escape(code)}"]`);
  const words = term ? term.nextElementSibling.textContent : "";
  document.getElementById("plover-words").textContent = words;
}

field("date").addEventListener("input", later(sayDate));
field("source").addEventListener("input", later(findSource));
field("plover").addEventListener("change", definePlover);
for (const name of ["date", "title_en", "title_ko", "title_ja"]) {
  field(name).addEventListener("input", later(findAlike));
}
for (const name of ["initiators", "targets"]) suggestFor(field(name));
const missing = document.getElementById("new-actor");
if (missing) addActors(missing);
sayDate();
definePlover();
