// j and k go through the lines that can be seen, Enter opens: comfort only, the list is links.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key !== "j" && event.key !== "k") return;
    const lines = Array.from(document.querySelectorAll("[data-finding]")).filter(function (line) {
      const fold = line.closest("details:not([open])");
      return !fold || line.matches("summary");
    });
    if (!lines.length) return;
    const here = lines.indexOf(document.activeElement);
    const open = lines.findIndex(function (line) { return line.closest("li").hasAttribute("aria-current"); });
    const from = here >= 0 ? here : open;
    const next = lines[Math.min(lines.length - 1, Math.max(0, from + (event.key === "j" ? 1 : -1)))];
    event.preventDefault();
    next.focus();
  });
})();
