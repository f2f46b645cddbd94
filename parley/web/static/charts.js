// Specs drawn in the browser, where a page has a place for one; without a script the page shows the picture.
import { vegaEmbed } from "/assets/vega.js";

const OPTIONS = { ast: true, actions: false, defaultStyle: false, renderer: "svg", logLevel: 1, tooltip: { disableDefaultStyle: true } };
const night = matchMedia("(prefers-color-scheme: dark)");
night.addEventListener("change", () => {
  document.querySelectorAll("[data-drawn][data-chart]").forEach((box) => delete box.dataset.drawn);
  draw();
});

export async function draw() {
  for (const box of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
    box.dataset.drawn = "yes";
    try {
      const spec = box.dataset.chart, dark = night.matches;
      const answer = await fetch(dark ? spec + (spec.includes("?") ? "&" : "?") + "dark=on" : spec);
      if (answer.ok && dark === night.matches) await vegaEmbed(box, await answer.json(), OPTIONS);
    } catch { box.textContent = "This chart could not be drawn; the table says the same."; }
  }
}
