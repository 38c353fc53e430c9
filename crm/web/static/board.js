// The drag is a shortcut to the card's menu "Déplacer vers": dropping presses the menu's own button, or opens the menu where it says what is missing.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll("[data-board] .a-col > ul")) {
    Sortable.create(list, {
      group: "board", sort: false, animation: 0, forceFallback: true, fallbackOnBody: true, draggable: ".a-card",
      filter: ".a-menu, a", preventOnFilter: false, delay: 150, delayOnTouchOnly: true, chosenClass: "is-lifted", onEnd: dropped,
    });
  }
});

// The column is the one under the pointer, not the last one that was crossed.
function dropped(event) {
  event.from.insertBefore(event.item, event.from.children[event.oldIndex] ?? null);
  const point = event.originalEvent.changedTouches?.[0] ?? event.originalEvent;
  const column = document.elementFromPoint(point.clientX, point.clientY)?.closest(".a-col");
  if (!column || column === event.from.closest(".a-col")) return;
  const menu = event.item.querySelector(".a-menu");
  const way = menu?.querySelector(`.a-pop [data-stage="${CSS.escape(column.dataset.stage)}"]`);
  if (way && !way.classList.contains("is-cannot")) way.click();
  else if (menu) setTimeout(() => { menu.open = true; });
}
