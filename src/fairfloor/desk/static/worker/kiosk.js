// A shared tablet: each person finds it as if nobody had used it before. Loaded only where the mode is on, and before
// the page is shown: on a slow line a press must not be quicker than what keeps it out of the history.
(function () {
  "use strict";
  // Seconds: nobody touches it; the question before it closes; a receipt may be copied down.
  var IDLE = 45, ASK = 15, RECEIPT = 90;
  var last = Date.now(), dialog = null, asked = 0;
  function home() { return document.body.dataset.kiosk; }
  function isHome() { return location.pathname === home(); }
  function isReceipt() { return document.body.classList.contains("sent"); }
  function all(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // One entry in the history, always: "back" leads nowhere.
  function go(url) { location.replace(url); }
  function clear() {
    all("form", function (form) { form.reset(); });
    all("textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden])", function (field) { field.value = ""; });
    try { sessionStorage.clear(); } catch (e) { /* forbidden */ }
    try { Object.keys(localStorage).forEach(function (key) { localStorage.removeItem(key); }); } catch (e) { /* forbidden */ }
    // What waits for a network stays until it is sent; what the server has goes.
    return window.Outbox ? window.Outbox.forget().catch(function () { /* no storage */ }) : Promise.resolve();
  }
  function reset() { clear().then(function () { go(home()); }); }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    // Leaving a receipt is the end of a use.
    if (isReceipt() && link.pathname === home()) reset(); else go(link.href);
  });
  // Forms that no outbox takes, or not yet, go by script, so that their page leaves no entry either.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.dataset.again || form.hasAttribute("data-kiosk-switch")) return;
    event.preventDefault();
    var body = new FormData(form), button = event.submitter, isGet = form.method === "get";
    if (button && button.name) body.append(button.name, button.value);
    var address = new URL(form.action);
    if (isGet) address.search = new URLSearchParams(body).toString();
    fetch(address, isGet ? {} : { method: "POST", body: body }).then(function (answer) {
      if (answer.ok) { go(answer.url); return null; }
      return answer.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
        delete form.dataset.sending;
      });
    }).catch(function () {
      // By now the outbox is on the page and keeps the words until there is a network; the rest goes the ordinary way.
      form.dataset.again = "1";
      delete form.dataset.sending;
      form.requestSubmit(button);
    });
  });

  function touch() {
    last = Date.now();
    if (dialog) { dialog.remove(); dialog = null; }
  }
  ["pointerdown", "keydown", "input", "scroll"].forEach(function (kind) {
    // While it asks, only its answer counts: a page that settles must not answer by itself.
    window.addEventListener(kind, function () { if (!dialog) touch(); }, { passive: true, capture: true });
  });

  document.addEventListener("DOMContentLoaded", function () {
    all("form", function (form) { form.setAttribute("autocomplete", "off"); form.removeAttribute("data-draft"); });
    if (isHome()) clear();
    // On a receipt the next person has a button of their own, and the page closes by itself.
    var foot = isReceipt() && document.querySelector("footer.thumb");
    if (foot) {
      foot.textContent = "";
      foot.appendChild(document.querySelector("template[data-kiosk-next]").content.cloneNode(true));
      foot.querySelector("button").addEventListener("click", reset);
    }
    setInterval(close, 500);
  });
  // Where nobody has touched the page for long: ask, then go home.
  function close() {
    var idle = (Date.now() - last) / 1000, limit = isReceipt() ? RECEIPT : IDLE;
    if (isHome() && !dialog) { if (idle > limit) { touch(); clear(); } return; }
    if (idle < limit) return;
    if (!dialog) {
      dialog = document.querySelector("template[data-kiosk-words]").content.firstElementChild.cloneNode(true);
      document.body.appendChild(dialog);
      asked = Date.now();
      var button = dialog.querySelector("button");
      dialog.addEventListener("click", touch);
      button.focus();
    }
    var left = Math.ceil(ASK - (Date.now() - asked) / 1000);
    dialog.querySelector("[data-left]").textContent = Math.max(0, left);
    if (left <= 0) reset();
  }
  // A page the browser kept whole would show the last person's words.
  window.addEventListener("pageshow", function (event) { if (event.persisted) go(home()); });
})();
