// The self-check. Answers live in this page's inputs only: nothing is stored, and there is nothing here that sends.
const order = ["never", "ask", "helper", "read"];

export function start(place) {
  const questions = [...place.querySelectorAll("[data-outcome]")];
  document.querySelector("[data-without-script]").hidden = true;
  place.hidden = false;

  const show = () => {
    const answered = questions.filter((question) => question.querySelector(":checked"));
    const reached = new Set(
      answered.filter((question) => question.querySelector("[value=yes]").checked).map((question) => question.dataset.outcome),
    );
    const worst = order.find((name) => reached.has(name)) ?? (answered.length === questions.length ? "read" : "");
    for (const line of place.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== worst;
    place.querySelector("[data-count]").textContent = answered.length;
    place.querySelector("[data-result]").dataset.now = worst;
  };
  place.addEventListener("change", show);
  show();
}
