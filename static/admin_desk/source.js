// The form of a source: what the page at its address says of itself, and who has the address already.
// Everything works without it.

const address = document.getElementById("id_url");
const FIELDS = ["title", "publisher", "published", "language"];

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

if (address) {
  const words = address.dataset;
  const box = element("div", "", { className: "source-found" });
  const button = element("button", words.lookUp, { type: "button", className: "button" });
  box.setAttribute("aria-live", "polite");
  address.after(" ", button);
  button.closest(".form-row").append(box);

  const offer = (name, value) => {
    const field = document.getElementById(`id_${name}`);
    const line = element("li", `${field.labels[0].textContent} `);
    const take = element("button", value, { type: "button" });
    take.addEventListener("click", () => {
      field.value = value;
      take.disabled = true;
    });
    line.append(take);
    return line;
  };

  const lookUp = async () => {
    if (!address.value.trim()) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    box.replaceChildren(words.waiting);
    const answer = await fetch(words.address, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ url: address.value }),
    });
    const { found = {}, message = "", same = [] } = answer.ok ? await answer.json() : {};
    const own = same.filter((s) => new URL(s.address, location.href).pathname !== location.pathname);
    const offered = element("ul", "");
    offered.append(...FIELDS.filter((name) => found[name]).map((name) => offer(name, found[name])));
    const alike = element("p", own.length ? `${words.same} ` : "");
    for (const { address: href, text } of own) alike.append(element("a", text, { href }), " ");
    box.replaceChildren(message || (offered.children.length ? "" : words.nothing), offered, alike);
  };

  button.addEventListener("click", lookUp);
  address.addEventListener("paste", () => setTimeout(lookUp));
}
