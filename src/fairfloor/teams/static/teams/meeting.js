// The meeting by keyboard; links and forms work without this. Left and right, and the page keys of a presenter's
// remote, turn the agenda; down and up walk through the decisions or the people; Ctrl+Enter sends what is being written;
// Escape closes it. Only keys that write nothing, so that nobody's words set one off.
(function () {
  "use strict";
  var TURNS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
  var FIELDS = "input:not([type=hidden]), textarea, select";

  function list(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  function turn(event) {
    var way = TURNS[event.key];
    if (document.documentElement.dir === "rtl" && event.key.indexOf("Arrow") === 0) way = way === "next" ? "prev" : "next";
    var link = document.querySelector(".meeting-bar a[rel=" + way + "]");
    if (!link) return;
    event.preventDefault();
    link.click();
  }

  function walk(event) {
    var stops = list(".offer > summary, .offer-bare");
    if (!stops.length) stops = list(".here input");
    if (!stops.length) return;
    var step = event.key === "ArrowDown" ? 1 : -1, now = stops.indexOf(document.activeElement);
    var next = now < 0 ? (step > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, now + step));
    event.preventDefault();
    stops[next].focus();
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    var isTick = field && field.type === "checkbox";
    if (event.key === "Enter" && event.ctrlKey && field && field.form) {
      event.preventDefault();
      // `click` on the button keeps its name and what the browser checks.
      var button = field.form.querySelector("button[type=submit]") || document.querySelector("button[form=" + field.form.id + "]");
      if (button) button.click();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      var open = document.querySelector("details.offer[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (field && !isTick) return;
    if (TURNS[event.key]) turn(event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  });

  // What opens is there to be written in.
  list("details.offer").forEach(function (offer) {
    offer.addEventListener("toggle", function () {
      var first = offer.open && offer.querySelector(FIELDS);
      if (first) first.focus();
    });
  });
  // The first person on the list, so that the space bar ticks at once.
  var person = document.querySelector(".here input:not([disabled])");
  if (person) person.focus();
})();
