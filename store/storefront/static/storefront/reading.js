// Counts down the minutes for one area. It asks nothing of the server and stores nothing.
const MINUTE = 60_000;

const clockText = (left) => {
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

const beep = (audio, times) => {
  navigator.vibrate?.(Array(times).fill([300, 150]).flat());
  for (let n = 0; n < times; n += 1) {
    const tone = new OscillatorNode(audio, { frequency: 880 });
    const volume = new GainNode(audio, { gain: 0.2 });
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + n * 0.4);
    tone.stop(audio.currentTime + n * 0.4 + 0.2);
  }
};

export const start = (box) => {
  const clock = box.querySelector("[data-clock]");
  const note = box.querySelector("[data-note]");
  const buttons = [...box.querySelectorAll("[data-minutes]")];
  for (const button of buttons) button.dataset.label = button.textContent;
  let ticking = null;
  let audio = null;
  let awake = null;

  const stop = () => {
    clearInterval(ticking);
    ticking = null;
    awake?.release().catch(() => {});
    awake = null;
    for (const button of buttons) { button.hidden = false; button.textContent = button.dataset.label; }
  };

  const run = (button) => {
    const ends = Date.now() + button.dataset.minutes * MINUTE;
    let minutesLeft = Number(button.dataset.minutes);
    audio ??= new AudioContext();
    navigator.wakeLock?.request("screen").then((lock) => { if (ticking) awake = lock; else lock.release(); }).catch(() => {});
    for (const other of buttons) other.hidden = other !== button;
    button.textContent = box.dataset.stop;
    note.textContent = "";
    const tick = () => {
      const left = Math.max(0, ends - Date.now());
      clock.textContent = clockText(left);
      if (left === 0) {
        stop();
        note.textContent = box.dataset.over;
        beep(audio, 5);
      } else if (Math.ceil(left / MINUTE) < minutesLeft) {
        minutesLeft = Math.ceil(left / MINUTE);
        note.textContent = box.dataset.look;
        beep(audio, 1);
      } else if (left % MINUTE < MINUTE - 8000) note.textContent = "";
    };
    ticking = setInterval(tick, 250);
    tick();
  };

  box.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-minutes]");
    if (!button) return;
    if (ticking) { stop(); note.textContent = ""; clock.textContent = `${button.dataset.minutes}:00`; } else run(button);
  });
  box.hidden = false;
};

// A link to a folded section opens it; printing opens all.
export const openFolds = () => {
  const folds = () => document.querySelectorAll(".gb-fold > details, .gb-edition > details");
  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold) fold.open = true;
  };
  let closed = [];
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    closed = [...folds()].filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
  openTarget();
};
