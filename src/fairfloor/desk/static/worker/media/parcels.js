// How far the photos and voice notes of a message have come. The outbox sends them; this page asks the factory what it has.
(function () {
  "use strict";
  var box = document.querySelector("[data-parcels]"), card = document.querySelector("[data-receipt]"), files = [];
  if (!box || !card || !window.fetch) return;
  // Written by the form: {receipt, list: [{id, size}]} of what follows the words just sent in this tab. A new message
  // has its receipt only now; on the page of another one nothing is said.
  try {
    var noted = JSON.parse(sessionStorage.getItem("fairfloor.files") || "null");
    if (noted && (!noted.receipt || noted.receipt === card.dataset.receipt)) {
      files = noted.list;
      sessionStorage.setItem("fairfloor.files", JSON.stringify({ receipt: card.dataset.receipt, list: files }));
    }
  } catch (e) { /* forbidden */ }

  function say(state, more) {
    box.hidden = false;
    box.dataset.state = state;
    var words = box.dataset[state] + (more ? " " + more : "");
    if (box.textContent !== words) box.textContent = words;
  }
  function ask(file) {
    return fetch(box.dataset.files + file.id + "/", { headers: { Accept: "application/json", "Upload-Receipt": card.dataset.receipt }, cache: "no-store" }).then(function (answer) {
      return answer.json().then(function (body) {
        var isRefused = answer.status === 413 || answer.status === 422;
        if (!answer.ok && !isRefused) throw new Error("later");
        return { done: isRefused || body.complete, refused: isRefused, received: body.received || 0, words: body.message || "" };
      });
    });
  }
  function look(before) {
    Promise.all(files.map(ask)).then(function (found) {
      var refused = found.filter(function (one) { return one.refused; })[0];
      if (found.every(function (one) { return one.done; })) {
        try { sessionStorage.removeItem("fairfloor.files"); } catch (e) { /* forbidden */ }
        if (refused) say("refused", refused.words); else say("arrived");
        return;
      }
      var all = files.reduce(function (sum, file) { return sum + file.size; }, 0), here = 0;
      found.forEach(function (one, place) { here += one.done ? files[place].size : one.received; });
      if (here > before || before < 0) say("sending", Math.round(100 * here / Math.max(1, all)) + " %");
      setTimeout(function () { look(here); }, 1500);
    }).catch(function () {
      say("waits");
      setTimeout(function () { look(-1); }, 4000);
    });
  }
  if (files.length) look(-1);
})();
