// What a worker page gets once it is usable: work without a network, receipts from the outbox, reading aloud.
(function () {
  "use strict";
  var body = document.body, page = document.documentElement;
  function all(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // --- the service worker, where the address is trusted -----------------------------------------------------------------
  if ("serviceWorker" in navigator && body.dataset.serviceWorker) {
    navigator.serviceWorker.register(body.dataset.serviceWorker, { scope: "/w/" }).then(function () { return navigator.serviceWorker.ready; }).then(function (ready) {
      var first = page.lang, others = body.dataset.languages.split(" ").filter(function (code) { return code !== first; });
      var told = new MessageChannel();
      told.port1.onmessage = function () { body.dataset.kept = "1"; };
      ready.active.postMessage({ type: "shell", shared: body.hasAttribute("data-kiosk"), pages: body.dataset.shell.split(" ").filter(Boolean), languages: [first].concat(others) }, [told.port2]);
    }).catch(function () { /* forbidden, or no line: the page works all the same */ });
  }
  // Shown in the place of another page: there is no network to read it.
  all("[data-no-network]", function (note) {
    function look() { note.hidden = navigator.onLine && location.pathname === note.dataset.noNetwork; }
    look();
    window.addEventListener("online", function () {
      if (location.pathname !== note.dataset.noNetwork) location.reload(); else look();
    });
    window.addEventListener("offline", look);
  });

  // --- receipts that came while no page was open ------------------------------------------------------------------------
  function takeReceipts() {
    if (!window.Outbox) return;
    window.Outbox.list().then(function (items) {
      items.filter(function (item) { return item.state === "RECEIVED"; }).forEach(function (item) {
        window.Fairfloor.sent(item.kind);
        if (item.receipt && item.receiptUrl && !body.hasAttribute("data-kiosk")) {
          window.Fairfloor.keepReceipt({ code: item.receipt, url: item.receiptUrl.replace(/sent\/$/, ""), day: item.label });
        }
        // With photos still to send it stays in the list of what waits.
        if (!window.Outbox.isWaiting(item)) window.Outbox.remove(item.id);
      });
      document.dispatchEvent(new Event("receipts"));
      var kept = window.Fairfloor.receipts().length;
      all("[data-saved-count]", function (sign) { sign.hidden = !kept; sign.querySelector("b").textContent = kept; });
    }).catch(function () { /* storage forbidden */ });
  }
  if (window.Outbox) {
    // The form's own page leads to the receipt itself; whatever else shows it is kept for.
    window.Outbox.onchange(function (item) { if (item.state === "RECEIVED") setTimeout(takeReceipts, 500); });
    takeReceipts();
  }

  // --- reading aloud ----------------------------------------------------------------------------------------------------
  var speech = window.speechSynthesis, main = document.getElementById("main"), sign = document.querySelector("[data-aloud]");
  var TEXTS = ".choice, h1, h2, main p, main li, legend, .face span, .tile span, label.label, main > a, summary, .foot p";
  if (!speech || !window.SpeechSynthesisUtterance || !sign) return;
  var language = page.lang, running = null;

  function voice() {
    var short = language.split("-")[0].toLowerCase();
    return speech.getVoices().filter(function (one) { return one.lang.replace("_", "-").toLowerCase().split("-")[0] === short; })[0];
  }
  function isShown(element) { return element.getClientRects().length > 0 && !element.closest("[aria-hidden=true]"); }
  function wordsOf(element) { return (element.innerText || "").replace(/\s+/g, " ").trim(); }
  function stop() {
    speech.cancel();
    if (running) { running.button.setAttribute("aria-pressed", "false"); running = null; }
    all(".spoken", function (one) { one.classList.remove("spoken"); });
  }
  function say(elements, button) {
    var mine = running = { button: button };
    button.setAttribute("aria-pressed", "true");
    (function next(place) {
      if (running !== mine) return;
      all(".spoken", function (one) { one.classList.remove("spoken"); });
      var element = elements[place];
      if (!element) { stop(); return; }
      var utterance = new SpeechSynthesisUtterance(wordsOf(element));
      utterance.lang = language;
      utterance.voice = voice() || null;
      utterance.rate = 0.9;
      utterance.onend = utterance.onerror = function () { next(place + 1); };
      element.classList.add("spoken");
      speech.speak(utterance);
    })(0);
  }
  // The outermost texts in the order of the page, each once.
  function textsOf(root) {
    var found = [];
    Array.prototype.forEach.call(root.querySelectorAll(TEXTS), function (element) {
      if (!isShown(element) || !wordsOf(element)) return;
      if (!found.some(function (one) { return one.contains(element); })) found.push(element);
    });
    return found.length ? found : [root];
  }
  function press(button, elements) {
    return function () {
      var isMine = running && running.button === button;
      stop();
      if (!isMine) say(elements(), button);
    };
  }
  function offer() {
    if (!sign.hidden || !voice()) return;
    sign.hidden = false;
    sign.addEventListener("click", press(sign, function () { return textsOf(document.body); }));
    // A sign of its own at each longer text, for whoever wants only that.
    all(".who-sees, .say, .answer, .bubble, .question, .card, .next, .about > p", function (text) {
      var own = sign.cloneNode(true);
      own.className = "aloud aloud-own";
      own.setAttribute("aria-label", own.textContent.trim());
      own.querySelector("span").remove();
      own.addEventListener("click", press(own, function () { return textsOf(text); }));
      text.appendChild(own);
    });
  }
  offer();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  window.addEventListener("pagehide", stop);
})();
