// Small comforts only: every page works without this file.
(function () {
  "use strict";
  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }
  document.addEventListener("keydown", function (event) {
    const find = document.querySelector(".bar-find input");
    if (event.key === "/" && find && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      }
    }
  });
  document.addEventListener("click", function (event) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  // What is wider than its place can be moved by keys while it is so, and says what it is.
  const wide = new ResizeObserver(function (changes) {
    for (const { target } of changes) {
      if (target.scrollWidth <= target.clientWidth) {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
        continue;
      }
      const name = target.querySelector("caption") || (target.closest("section, figure") || target).querySelector("h2, h3, figcaption");
      target.tabIndex = 0;
      target.setAttribute("role", "group");
      target.setAttribute("aria-label", name ? name.textContent.trim() : document.title);
    }
  });
  function watched(part) {
    for (const box of part.querySelectorAll(".scroll:not([tabindex])")) wide.observe(box);
  }
  watched(document);
  document.addEventListener("htmx:load", function (event) {
    watched(event.target);
  });
  for (const hint of document.querySelectorAll("[data-needs-script]")) hint.hidden = false;
  const summary = document.querySelector("form[method=post] .error-summary, .flashes + .error-summary");
  if (summary) summary.focus();
})();
