// Small comforts for worker pages; everything works without them.
(function () {
  "use strict";
  var store = {
    get: function (key) { try { return JSON.parse(localStorage.getItem("fairfloor." + key)); } catch (e) { return null; } },
    // A shared tablet keeps nothing of the one before.
    set: function (key, value) { if (!document.body.hasAttribute("data-kiosk")) try { localStorage.setItem("fairfloor." + key, JSON.stringify(value)); } catch (e) { /* full or forbidden */ } },
    drop: function (key) { try { localStorage.removeItem("fairfloor." + key); } catch (e) { /* forbidden */ } }
  };
  function all(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // randomUUID needs a secure page; many factories have plain http.
  function mint() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  all("[data-js]", function (part) { part.hidden = false; });

  // What was written stays on this phone until it has been sent.
  all("form[data-draft]", function (form) {
    var text = form.elements.text, key = "draft." + form.dataset.draft;
    if (!text.value && store.get(key)) text.value = store.get(key);
    text.addEventListener("input", function () { store.set(key, text.value); });
  });

  // The id is minted at Send; the same words sent again keep theirs, so that one idea stays one.
  all("form[data-send]", function (form) {
    var given = {};
    form.addEventListener("submit", function () {
      var content = form.getAttribute("action");
      new FormData(form).forEach(function (value, name) { if (name !== "client_id") content += "\n" + name + "=" + (value.size || value); });
      var last = store.get("send") || given;
      if (last.content !== content) { last = given = { content: content, id: mint() }; store.set("send", last); }
      form.elements.client_id.value = last.id;
    });
    // In the outbox the words are safer than in a draft; refused, they are something new.
    form.addEventListener("outbox:kept", function () { if (form.dataset.draft) store.drop("draft." + form.dataset.draft); });
    form.addEventListener("outbox:refused", function () { given = {}; store.drop("send"); if (form.dataset.draft) store.set("draft." + form.dataset.draft, form.elements.text.value); });
  });

  // One press sends once.
  all("form[data-send], form[data-once]", function (form) {
    var buttons = form.id ? document.querySelectorAll('button[form="' + form.id + '"]') : form.querySelectorAll("button");
    form.addEventListener("submit", function (event) {
      if (form.dataset.sending) { event.preventDefault(); return; }
      form.dataset.sending = "1";
      Array.prototype.forEach.call(buttons, function (button) {
        button.setAttribute("aria-busy", "true");
        if (button.dataset.busy) { button.dataset.word = button.firstChild.nodeValue; button.firstChild.nodeValue = button.dataset.busy; }
      });
    });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

  // The receipt just given is remembered here, and the draft is done with.
  function keepReceipt(one) {
    var kept = (store.get("receipts") || []).filter(function (other) { return other.code !== one.code; });
    kept.unshift(one);
    store.set("receipts", kept.slice(0, 20));
  }
  // The server has the words: no copy of them stays in a draft. One that was begun since is another.
  function sent(kind) {
    var last = store.get("send"), draft = store.get("draft." + kind);
    if (last && draft && last.content.indexOf("=" + draft) >= 0) store.drop("draft." + kind);
    store.drop("send");
  }
  all("body.sent [data-receipt]", function (card) {
    sent("idea");
    keepReceipt({ code: card.dataset.receipt, url: card.dataset.url, day: card.dataset.day });
  });

  var SVG = "http://www.w3.org/2000/svg";
  function picture(sprite, number) {
    var svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", sprite + "#p" + number);
    svg.appendChild(use);
    return svg;
  }
  all("form[data-pictures]", function (form) {
    var sprite = form.dataset.sprite;
    function show(input) {
      var box = input.closest("details"), shown = box.querySelector(".picker-shown");
      shown.textContent = "";
      shown.appendChild(picture(sprite, input.value));
      box.querySelector(".picker-word").textContent = input.getAttribute("aria-label");
    }
    form.addEventListener("change", function (event) {
      if (event.target.type !== "radio") return;
      show(event.target);
      var box = event.target.closest("details"), next = box.nextElementSibling;
      box.open = false;
      if (next && next.matches("details")) next.open = true; else form.elements.digits.focus();
    });
    all("form[data-pictures] input:checked", show);

    var section = document.querySelector("[data-saved]"), list = section.querySelector("ul"), template = section.querySelector("template");
    function showSaved() {
      list.textContent = "";
      (store.get("receipts") || []).forEach(showOne);
      section.hidden = !list.children.length;
    }
    function showOne(one) {
      if (!/^(\d\d-){4}\d{8}$/.test(one.code) || !/^\/w\//.test(one.url)) return;
      var row = template.content.cloneNode(true), numbers = one.code.split("-").slice(0, 4);
      row.querySelector("a").href = one.url;
      numbers.forEach(function (number) { row.querySelector(".saved-pictures").appendChild(picture(sprite, number)); });
      row.querySelector(".saved-day").textContent = one.day;
      list.appendChild(row);
    }
    showSaved();
    document.addEventListener("receipts", showSaved);
    section.querySelector("[data-forget]").addEventListener("click", function () {
      store.drop("receipts");
      section.hidden = true;
    });
  });

  // Looks at words before they are sent; without it everything is sent as it is.
  window.addEventListener("load", function () {
    all("template[data-caution]", function (words) {
      var script = document.createElement("script");
      script.src = words.dataset.caution;
      document.head.appendChild(script);
    });
  });

  // The rest comes after the page is usable: outbox, reading aloud, service worker.
  window.Fairfloor = { keepReceipt: keepReceipt, receipts: function () { return store.get("receipts") || []; }, sent: sent };
  window.addEventListener("load", function () {
    (document.body.dataset.later || "").split(" ").filter(Boolean).forEach(function (url) {
      var script = document.createElement("script");
      script.src = url;
      script.async = false;
      document.body.appendChild(script);
    });
  });

  all("[data-print]", function (button) { button.addEventListener("click", function () { window.print(); }); });
  all("[data-copy]", function (button) {
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.querySelector("span").textContent = button.dataset.done;
      });
    });
  });
})();
