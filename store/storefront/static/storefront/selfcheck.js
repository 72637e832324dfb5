// The self-check. Answers exist in the inputs of this page only: nothing is stored or sent.
const severity = ["never", "ask", "helper", "read"];

export function start(container) {
  const questions = [...container.querySelectorAll("[data-outcome]")];
  document.querySelector("[data-without-script]").hidden = true;
  container.hidden = false;

  const show = () => {
    const answered = questions.filter((question) => question.querySelector(":checked"));
    const reached = new Set(
      answered.filter((question) => question.querySelector("[value=yes]").checked).map((question) => question.dataset.outcome),
    );
    const worst = severity.find((name) => reached.has(name)) ?? (answered.length === questions.length ? "read" : "");
    for (const line of container.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== worst;
    container.querySelector("[data-count]").textContent = answered.length;
    container.querySelector("[data-result]").dataset.now = worst;
  };
  container.addEventListener("change", show);
  show();
}
