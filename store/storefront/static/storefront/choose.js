// Help me choose. Answers exist in the inputs of this page only: nothing is stored or sent.
export function start(form, announce) {
  for (const links of form.querySelectorAll("[data-without-script]")) links.hidden = true;
  for (const answers of form.querySelectorAll("[data-answers]")) answers.hidden = false;
  const cards = [...document.querySelectorAll("[data-fits]")];
  const note = document.querySelector("[data-closest-line]");

  const show = () => {
    const wanted = [...form.querySelectorAll(":checked")].map((input) => input.value).filter(Boolean);
    const fitting = cards.map((card) => wanted.filter((answer) => card.dataset.fits.split(" ").includes(answer)).length);
    const best = Math.max(0, ...fitting);
    cards.forEach((card, n) => { card.hidden = fitting[n] < best; });
    note.hidden = best === wanted.length;
    note.textContent = note.hidden ? "" : form.dataset.closest;
    return cards.filter((card) => !card.hidden).map((card) => card.querySelector("h3").textContent.trim());
  };
  form.addEventListener("change", () => announce(show().join(", ")));
  show(); // a browser that comes back keeps what was chosen
}
