// Small comforts for worker pages; everything works without them.
(function () {
  "use strict";
  var store = {
    get: function (key) { try { return JSON.parse(localStorage.getItem("fairfloor." + key)); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem("fairfloor." + key, JSON.stringify(value)); } catch (e) { /* full or forbidden */ } },
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
    form.addEventListener("submit", function () {
      var e = form.elements;
      var content = [e.text.value, e.category && e.category.value, e.department && e.department.value].join("\n");
      var last = store.get("send");
      if (!last || last.content !== content) { last = { content: content, id: mint() }; store.set("send", last); }
      e.client_id.value = last.id;
    });
  });

  // One press sends once.
  all("form[data-send], form[data-once]", function (form) {
    var buttons = form.id ? document.querySelectorAll('button[form="' + form.id + '"]') : form.querySelectorAll("button");
    form.addEventListener("submit", function (event) {
      if (form.dataset.sending) { event.preventDefault(); return; }
      form.dataset.sending = "1";
      Array.prototype.forEach.call(buttons, function (button) {
        button.setAttribute("aria-busy", "true");
        if (button.dataset.busy) button.firstChild.nodeValue = button.dataset.busy;
      });
    });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

  // The receipt just given is remembered here, and the draft is done with.
  all("body.sent [data-receipt]", function (card) {
    store.drop("draft.idea");
    store.drop("send");
    var kept = (store.get("receipts") || []).filter(function (one) { return one.code !== card.dataset.receipt; });
    kept.unshift({ code: card.dataset.receipt, url: card.dataset.url, day: card.dataset.day });
    store.set("receipts", kept.slice(0, 20));
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

    var section = document.querySelector("[data-saved]"), kept = store.get("receipts") || [];
    var list = section.querySelector("ul"), template = section.querySelector("template");
    kept.forEach(function (one) {
      if (!/^(\d\d-){4}\d{8}$/.test(one.code) || !/^\/w\//.test(one.url)) return;
      var row = template.content.cloneNode(true), numbers = one.code.split("-").slice(0, 4);
      row.querySelector("a").href = one.url;
      numbers.forEach(function (number) { row.querySelector(".saved-pictures").appendChild(picture(sprite, number)); });
      row.querySelector(".saved-day").textContent = one.day;
      list.appendChild(row);
    });
    section.hidden = !list.children.length;
    section.querySelector("[data-forget]").addEventListener("click", function () {
      store.drop("receipts");
      section.hidden = true;
    });
  });

  // Comes after the page has been drawn; without it everything is sent as it is.
  all("template[data-caution]", function (words) {
    window.addEventListener("load", function () {
      var script = document.createElement("script");
      script.src = words.dataset.caution;
      document.head.appendChild(script);
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
