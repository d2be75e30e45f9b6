// Arrow keys, and the page keys of a presenter's remote, turn the agenda; the links work without this.
(function () {
  "use strict";
  var KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    var way = KEYS[event.key];
    if (!way) return;
    if (document.documentElement.dir === "rtl" && event.key.indexOf("Arrow") === 0) way = way === "next" ? "prev" : "next";
    var link = document.querySelector(".meeting-bar a[rel=" + way + "]");
    if (link) {
      event.preventDefault();
      link.click();
    }
  });
})();
