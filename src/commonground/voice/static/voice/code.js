// Copying and printing a code; without a script it is written down.
(function () {
  "use strict";
  const copied = document.querySelector("[data-copied]");
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", function () {
      const text = document.querySelector(button.dataset.copy).textContent.trim();
      navigator.clipboard.writeText(text).then(
        function () { copied.textContent = "Copied. Keep it where only you look."; },
        function () { copied.textContent = "The browser does not allow copying. Write it down."; }
      );
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }
})();
