// Tells a page what has changed since it was made. Without this, "look again" does the same.
"use strict";

for (const region of document.querySelectorAll("[data-live]")) {
  const source = new EventSource(region.dataset.live);

  const show = (event) => {
    const told = JSON.parse(event.data);
    for (const place of region.querySelectorAll("[data-live-text]")) {
      const words = String(told[place.dataset.liveText]);
      if (place.textContent !== words) place.textContent = words;
    }
    for (const bar of region.querySelectorAll("[data-live-progress]")) {
      bar.value = told[bar.dataset.liveProgress];
    }
  };

  source.addEventListener("change", show);
  source.addEventListener("over", (event) => {
    show(event);
    source.close();
    if (region.dataset.liveOver === "reload") window.location.reload();
  });
}
