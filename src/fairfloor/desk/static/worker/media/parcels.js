// How far the photos and voice notes of a message have come. The outbox sends them; here one sees it.
(function () {
  "use strict";
  var box = document.querySelector("[data-parcels]");
  if (!box || !window.indexedDB || !window.fetch) return;

  function load(address) {
    return new Promise(function (done, fail) {
      var tag = document.createElement("script");
      tag.src = address;
      tag.onload = done;
      tag.onerror = fail;
      document.head.appendChild(tag);
    });
  }
  function isOpen(file) { return !file.complete && !file.refused; }
  function say(state, more) {
    box.hidden = false;
    box.dataset.state = state;
    box.textContent = more || box.dataset[state];
  }
  function show(item) {
    if (item.state !== "RECEIVED" || !item.files || !item.files.length) return;
    var open = item.files.filter(isOpen), refused = item.files.filter(function (file) { return file.refused; });
    function sum(name) { return item.files.reduce(function (total, file) { return total + file[name]; }, 0); }
    if (open.length && item.tries) say("waits");
    else if (open.length) say("sending", box.dataset.sending + " " + Math.round(100 * sum("sent") / Math.max(1, sum("size"))) + " %");
    else if (refused.length) say("refused", box.dataset.refused + " " + (refused[0].words || ""));
    else say("arrived");
  }
  function begin() {
    window.Outbox.onchange(show);
    window.Outbox.list().then(function (items) {
      items.filter(function (item) { return (item.files || []).some(isOpen); }).forEach(show);
      window.Outbox.send({ now: true });
    }).catch(function () { /* this phone keeps nothing */ });
  }
  if (window.Outbox) begin();
  else load(box.dataset.store).then(function () { return load(box.dataset.outbox); }).then(begin, function () { /* no network: the next page tries */ });
})();
