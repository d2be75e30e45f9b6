// Small comforts; every page works without them.
(function () {
  "use strict";

  // An open menu closes when one clicks elsewhere or presses Escape.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // What needs attention is read and seen first after a form came back.
  function showProblems(root) {
    var problems = root.querySelector("#problems");
    if (problems) problems.focus();
  }
  document.addEventListener("DOMContentLoaded", function () { showProblems(document); });
  document.addEventListener("htmx:afterSettle", function (event) { showProblems(event.target); });

  // <button data-print> prints the page.
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
