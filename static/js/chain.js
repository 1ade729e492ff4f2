// A chain's drawing begins at the happening that it is about; a box shows which curves are its own.

const area = document.querySelector(".layers");
const start = area.querySelector(".start rect");

const room = area.clientWidth - Number(start.getAttribute("width"));
area.scrollLeft = Number(start.getAttribute("x")) - (room > 400 ? room / 2 : 8);

function light(event) {
  const key = event.target.closest?.(".box")?.dataset.key;
  for (const curve of area.querySelectorAll(".curve")) {
    curve.classList.toggle("lit", key === curve.dataset.from || key === curve.dataset.to);
  }
}

for (const kind of ["mouseover", "focusin"]) area.addEventListener(kind, light);
