// Select2 names the box after what is chosen alone: here it is called by its label as well.

const $ = window.django?.jQuery;

function call(box) {
  const select = box.closest(".select2").previousElementSibling;
  const name = select.labels[0]?.textContent ?? select.getAttribute("aria-label") ?? "";
  const value = box.querySelector(".select2-selection__rendered");
  value.removeAttribute("role"); // it is read as part of the box
  value.removeAttribute("aria-readonly");
  box.id = `${select.id}-picker`;
  box.setAttribute("aria-label", name.trim());
  box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
}

function callAll(within) {
  within.querySelectorAll(".select2-selection--single").forEach(call);
}

$?.(() => {
  callAll(document);
  document.addEventListener("formset:added", (event) => callAll(event.target));
});
