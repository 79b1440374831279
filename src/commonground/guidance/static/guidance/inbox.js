// j and k go through the findings, Enter opens: comfort only, the list is links.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key !== "j" && event.key !== "k") return;
    const links = Array.from(document.querySelectorAll("a[data-finding]"));
    if (!links.length) return;
    const here = links.indexOf(document.activeElement);
    const open = links.findIndex(function (link) { return link.closest("[aria-current]"); });
    const from = here >= 0 ? here : open;
    const next = links[Math.min(links.length - 1, Math.max(0, from + (event.key === "j" ? 1 : -1)))];
    event.preventDefault();
    next.focus();
  });
})();
