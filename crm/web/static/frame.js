// Comfort only: every page works without this file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-focus]")?.focus();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector("[data-slash]");
    if (search?.offsetParent) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "Escape") closeMenus(null, true);
});

document.addEventListener("click", (event) => closeMenus(event.target.closest(".a-menu"), false));

// One press is one act: a second press on the same form waits for the first one's answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// "Le montrer pendant que j’écris"
document.addEventListener("change", (event) => {
  const field = event.target.dataset.shows && document.getElementById(event.target.dataset.shows);
  if (field) field.type = event.target.checked ? "text" : "password";
});

function closeMenus(but, focus) {
  for (const menu of document.querySelectorAll(".a-menu[open]")) {
    if (menu === but) continue;
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  }
}
