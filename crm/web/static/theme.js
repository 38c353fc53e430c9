// The page follows the reader's own light or dark, before it is drawn; on paper, and without this file, it is light.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = (event) => {
  document.documentElement.dataset.bsTheme = dark.matches && event?.type !== "beforeprint" ? "dark" : "light";
};
follow();
dark.addEventListener("change", follow);
addEventListener("beforeprint", follow);
addEventListener("afterprint", follow);
