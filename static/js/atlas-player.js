// The slider of periods and its button: plays them one after another, more slowly where motion is unwanted.

const STEP = 1200; // ms a period stays
const STILL = 3000;

export class Player {
  /** `moved(at, playing)` is called with the place of the period that is to be shown. */
  constructor(words, moved) {
    Object.assign(this, { words, moved, box: document.getElementById("prehravani"), slider: document.getElementById("cas") });
    this.button = document.getElementById("hrat");
    this.slider.addEventListener("input", () => {
      this.stop();
      moved(Number(this.slider.value), false);
    });
    this.button.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
  }

  get playing() {
    return this.timer !== undefined;
  }

  show(periods, at) {
    this.box.hidden = periods.length < 2;
    this.slider.max = periods.length - 1;
    this.slider.value = at;
    this.slider.setAttribute("aria-valuetext", periods[at]);
    document.getElementById("cas-slovy").textContent = periods[at];
    this.count = periods.length;
  }

  play() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.button.textContent = this.words.pause;
    this.timer = setInterval(() => this.next(), still ? STILL : STEP);
    if (Number(this.slider.value) === this.count - 1) this.moved(0, true);
    else this.next();
  }

  next() {
    const at = Number(this.slider.value) + 1;
    const last = at >= this.count - 1;
    if (last) this.stop();
    this.moved(Math.min(at, this.count - 1), !last);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.button.textContent = this.words.play;
  }
}
