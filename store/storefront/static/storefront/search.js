// Shows what is found below the search field while one types. Without this script the form leads to the list.
const PAUSE = 220; // milliseconds without typing until the shop is asked

export function start(form) {
  const input = form.querySelector("input");
  const panel = Object.assign(document.createElement("div"), { className: "suggestions", hidden: true });
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", form.dataset.label);
  const status = Object.assign(document.createElement("span"), { className: "unseen" });
  status.setAttribute("role", "status");
  form.append(panel, status);
  let timer, asked = "";

  const ask = async () => {
    const text = input.value.trim();
    if (text.length < 2) { panel.hidden = true; return; }
    asked = text;
    const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: text })}`);
    if (!response.ok || asked !== text) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    panel.replaceChildren(...page.body.children);
    panel.hidden = !panel.querySelector("a") || !form.contains(document.activeElement);
    status.textContent = panel.hidden ? "" : panel.querySelector("li:last-child").textContent.trim();
  };
  const askSoon = () => { clearTimeout(timer); timer = setTimeout(() => ask().catch(() => {}), PAUSE); };
  input.addEventListener("input", askSoon);
  if (input.value !== input.defaultValue) askSoon(); // typed while this script was on its way

  form.addEventListener("keydown", (event) => {
    if (panel.hidden) return;
    const stops = [input, ...panel.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "ArrowDown") stops[Math.min(at + 1, stops.length - 1)].focus();
    else if (event.key === "ArrowUp") stops[Math.max(at - 1, 0)].focus();
    else if (event.key === "Escape") { input.focus(); panel.hidden = true; }
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) panel.hidden = true; });
}
