// The drag is a shortcut to the card's menu "Déplacer vers": dropping presses the menu's own button, or opens the menu where it says what is missing.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll("[data-board] .a-col > ul")) {
    Sortable.create(list, {
      group: "board", sort: false, animation: 0, draggable: ".a-card", filter: ".a-menu, a", preventOnFilter: false,
      delay: 150, delayOnTouchOnly: true, chosenClass: "is-lifted", onEnd: dropped,
    });
  }
});

function dropped(event) {
  if (event.from === event.to) return;
  const stage = event.to.closest("[data-stage]").dataset.stage;
  event.from.insertBefore(event.item, event.from.children[event.oldIndex] ?? null);
  const menu = event.item.querySelector(".a-menu");
  const way = menu?.querySelector(`.a-pop [data-stage="${CSS.escape(stage)}"]`);
  if (way && !way.classList.contains("is-cannot")) way.click();
  else if (menu) menu.open = true;
}
