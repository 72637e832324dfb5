// A picture is dragged to its place; the buttons beside it (First, Up, Down) do the same by keyboard and on a phone.
// The list is one form, so that words typed at any picture go with it.
(() => {
  const list = document.getElementById("pictures");
  if (!list) return;
  const rows = [...list.querySelectorAll("[data-picture]")];
  const rowOf = (event) => event.target.closest?.("[data-picture]");
  let dragged = null;
  const mark = (row) => rows.forEach((one) => one.classList.toggle("target", one === row && row !== dragged));
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.matches("img") ? rowOf(event) : null;
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged || !rowOf(event)) return;
    event.preventDefault();
    mark(rowOf(event));
  });
  list.addEventListener("dragend", () => { mark(null); dragged = null; });
  list.addEventListener("drop", (event) => {
    const target = rowOf(event);
    if (!dragged || !target || target === dragged) return;
    event.preventDefault();
    list.elements.place.value = rows.indexOf(target);
    list.requestSubmit(dragged.querySelector("[value^=place-]"));
  });
})();
