// A page can be printed by a button where there is a script to do it.

for (const button of document.querySelectorAll(".paper")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
