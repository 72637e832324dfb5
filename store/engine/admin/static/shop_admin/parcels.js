// Several parcels: a scanner ends each tracking number with Enter; the next parcel's number is next.
(() => {
  const form = document.getElementById("parcels");
  if (!form) return;
  const numbers = [...form.querySelectorAll("input[name$='-tracking_number']")];
  numbers[0]?.focus();
  form.addEventListener("keydown", (event) => {
    const place = numbers.indexOf(event.target);
    if (event.key !== "Enter" || place < 0) return;
    event.preventDefault();
    (numbers[place + 1] ?? form.querySelector("button[value='send']")).focus();
  });
})();
