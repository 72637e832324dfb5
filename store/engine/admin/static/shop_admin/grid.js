// The grid of prices and stock: pastes a block copied in a spreadsheet, moves with the arrow keys, marks changed cells.
(() => {
  const grid = document.getElementById("grid");
  if (!grid) return;
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input:not([type=hidden])")]);
  const place = (input) => {
    const y = rows.findIndex((row) => row.includes(input));
    return [y, y < 0 ? -1 : rows[y].indexOf(input)];
  };
  const mark = (input) => input.classList.toggle("changed", input.value !== input.defaultValue);
  grid.addEventListener("input", (event) => mark(event.target));
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [y, x] = place(event.target);
    text.split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((cell, right) => {
      const input = rows[y + down]?.[x + right];
      if (input) { input.value = cell.trim(); mark(input); }
    }));
  });
  grid.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const [y, x] = place(event.target);
    const next = rows[y + step]?.[x];
    if (next) { event.preventDefault(); next.focus(); next.select(); }
  });
})();
