// Recently seen products, kept in this browser only: the shop never learns them.
const KEY = "seen";
const MOST = 5; // with the one that is open

const read = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
};

const card = ({ path, name, picture }) => {
  const item = Object.assign(document.createElement("li"), { className: "card" });
  const well = Object.assign(document.createElement("div"), { className: "well" });
  if (picture) well.append(Object.assign(document.createElement("img"), { src: picture, alt: "", loading: "lazy", width: 512, height: 512 }));
  const title = document.createElement("h3");
  title.append(Object.assign(document.createElement("a"), { href: path, textContent: name }));
  item.append(well, title);
  return item;
};

export function start(section) {
  const path = location.pathname;
  const others = read().filter((one) => one.path !== path && one.lang === document.documentElement.lang);
  section.querySelector("ul").replaceChildren(...others.slice(0, MOST - 1).map(card));
  section.hidden = !others.length;
  const picture = document.querySelector("[data-gallery] img")?.getAttribute("src") ?? "";
  const open = { path, name: document.querySelector("h1").textContent, picture, lang: document.documentElement.lang };
  try { localStorage.setItem(KEY, JSON.stringify([open, ...others].slice(0, MOST))); } catch { /* then nothing is kept */ }
}
