// One question after the other: a choice brings the next question into view. Everything works without it.
(function () {
  "use strict";
  var form = document.getElementById("survey");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  form.addEventListener("change", function (event) {
    var question = event.target.closest(".question");
    if (!question || !question.nextElementSibling || form.dataset.keyboard) return;
    question.nextElementSibling.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  });
  // Arrow keys choose too; whoever moves with them must not be moved.
  form.addEventListener("keydown", function () { form.dataset.keyboard = "1"; });
  form.addEventListener("pointerdown", function () { delete form.dataset.keyboard; });
})();
