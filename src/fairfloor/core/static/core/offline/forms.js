// Forms that are sent through the outbox, and the list of what waits. Words come from templates on the page.
(function () {
  "use strict";
  if (!window.Outbox || !window.indexedDB) return;
  var Outbox = window.Outbox, words = document.querySelector("template[data-outbox-words]");
  // How long Send may take before the page says that the words wait.
  var PATIENCE = 4000;
  function all(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  function part(selector) {
    var found = words && words.content.querySelector(selector);
    return found ? found.cloneNode(true) : null;
  }

  function fieldsOf(form) {
    var fields = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "client_id" && name !== "csrfmiddlewaretoken") fields[name] = value.replace(/\r\n/g, "\n");
    });
    return fields;
  }
  // `data-one-of="text category"`: one of these must say something; gives the first where none does.
  function noneOf(form) {
    var names = (form.dataset.oneOf || "").split(" ").filter(Boolean), fields = names.length ? fieldsOf(form) : {};
    return names.length && !names.some(function (name) { return (fields[name] || "").trim(); }) ? form.querySelector('[name="' + names[0] + '"]') : null;
  }
  function ready(form) {
    delete form.dataset.sending;
    all(form.id ? 'button[form="' + form.id + '"], #' + form.id + " button" : "button", function (button) {
      button.removeAttribute("aria-busy");
      if (button.dataset.word) { button.firstChild.nodeValue = button.dataset.word; delete button.dataset.word; }
    }, form.id ? document : form);
  }
  function say(form, box) {
    all("[data-outbox-said]", function (old) { old.remove(); }, form);
    if (!box) return;
    box.setAttribute("data-outbox-said", "");
    form.insertBefore(box, form.querySelector("h1 ~ *") || form.firstChild);
    box.scrollIntoView({ block: "center" });
  }
  function problem(text) {
    var box = document.createElement("p");
    box.className = "problem";
    box.setAttribute("role", "alert");
    box.textContent = text;
    return box;
  }

  // Instead of the form: it waits, and may be left alone.
  function showWaiting(form, item) {
    var panel = part("[data-outbox-panel]");
    if (!panel) return;
    // Without a service worker nothing is sent once the page is closed.
    all("[data-without-worker]", function (one) { one.hidden = Boolean(navigator.serviceWorker && navigator.serviceWorker.controller); }, panel);
    form.hidden = true;
    all("footer.thumb", function (foot) { foot.hidden = true; });
    form.parentNode.insertBefore(panel, form);
    var heading = panel.querySelector("h1, h2");
    heading.tabIndex = -1;
    heading.focus();
    form.dataset.shown = item.id;
  }

  function arrived(item) {
    if (item.receiptUrl) { window.location[Outbox.isKiosk() ? "replace" : "assign"](item.receiptUrl); return true; }
    return false;
  }

  all("form[data-outbox]", function (form) {
    form.addEventListener("submit", function (event) {
      // Pressed twice, or sent the ordinary way.
      if (form.dataset.direct || event.defaultPrevented) return;
      event.preventDefault();
      if (form.dataset.item) return;
      var missing = form.querySelector(":invalid:not(fieldset)") || noneOf(form);
      if (missing) {
        ready(form);
        say(form, form.dataset.empty ? problem(form.dataset.empty) : null);
        if (!form.dataset.empty) missing.reportValidity();
        missing.focus();
        return;
      }
      var id = (form.hasAttribute("data-send") && form.elements.client_id && form.elements.client_id.value) || Outbox.mint();
      var collected = { fields: fieldsOf(form), files: [], wait: null };
      form.dispatchEvent(new CustomEvent("outbox:collect", { detail: collected }));
      form.dataset.item = id;
      Promise.resolve(collected.wait).then(function () {
        return Outbox.add({
          id: id, url: form.getAttribute("action") || location.pathname, kind: form.dataset.outbox, label: form.dataset.label || document.title,
          fields: collected.fields, files: collected.files, csrf: form.hasAttribute("data-outbox-csrf"), owner: form.dataset.user || ""
        });
      }).then(function (item) {
        form.dispatchEvent(new CustomEvent("outbox:kept", { detail: item, bubbles: true }));
        setTimeout(function () { if (form.dataset.item === id && !form.dataset.shown) showWaiting(form, item); }, navigator.onLine ? PATIENCE : 0);
        settle(form, item);
      }, function (failure) {
        delete form.dataset.item;
        // The form keeps its words. A full phone is told; without any storage the form goes the ordinary way.
        ready(form);
        form.dataset.direct = "1";
        if (form.elements.client_id) form.elements.client_id.value = id;
        if (failure && failure.name === "QuotaExceededError") say(form, part("[data-outbox-full]"));
        else form.submit();
      });
    });
    Outbox.onchange(function (item) { if (item.id === form.dataset.item) settle(form, item); });
  });

  function settle(form, item) {
    if (item.state === "RECEIVED") {
      if (!arrived(item) && !form.dataset.shown) showWaiting(form, item);
    } else if (item.state === "REFUSED" && !form.dataset.shown) {
      // Nobody has left: the server's words stand beside what was written, and the next Send is a new one.
      delete form.dataset.item;
      Outbox.remove(item.id);
      ready(form);
      say(form, problem(item.words));
      form.dispatchEvent(new CustomEvent("outbox:refused", { detail: item, bubbles: true }));
    } else if (item.state === "WAITING" && item.tries && !form.dataset.shown) {
      showWaiting(form, item);
    } else if (item.state === "REFUSED") {
      location.assign(words.dataset.list);
    }
  }

  // --- the list -------------------------------------------------------------------------------------------------------

  function row(template, item) {
    var line = template.content.cloneNode(true).firstElementChild;
    var state = item.state === "RECEIVED" ? "SENDING" : item.state;
    line.dataset.id = item.id;
    all("[data-when]", function (one) { one.hidden = one.dataset.when.split(" ").indexOf(item.needsSignIn ? "SIGNIN" : state) < 0; }, line);
    line.querySelector("[data-label]").textContent = item.label;
    // What was written on a shared tablet is not for whoever looks next, nor is one's own once it is shared.
    var isRead = !Outbox.isKiosk() && (item.keep || item.csrf);
    line.querySelector("[data-words]").textContent = (isRead && item.fields.text) || "";
    var said = line.querySelector("[data-said]");
    said.textContent = item.words;
    said.hidden = !item.words;
    all("[data-act]", function (button) {
      button.addEventListener("click", function () {
        button.setAttribute("aria-busy", "true");
        if (button.dataset.act === "now") Outbox.send({ now: true }).then(show);
        if (button.dataset.act === "new") Outbox.sendAsNew(item.id);
        if (button.dataset.act === "remove" && window.confirm(button.dataset.ask)) Outbox.remove(item.id);
        if (button.dataset.act === "remove") button.removeAttribute("aria-busy");
      });
    }, line);
    return line;
  }

  function show() {
    return Outbox.list().then(function (items) {
      var waiting = items.filter(function (item) { return Outbox.isWaiting(item) && Outbox.isMine(item); });
      all("[data-outbox-list]", function (section) {
        var list = section.querySelector("ul"), template = section.querySelector("template");
        list.textContent = "";
        waiting.forEach(function (item) { list.appendChild(row(template, item)); });
        section.hidden = !waiting.length;
      });
      all("[data-outbox-count]", function (badge) {
        badge.hidden = !waiting.length;
        badge.querySelector("b").textContent = waiting.length;
      });
      return items;
    });
  }
  all("[data-outbox-file]", function (button) {
    button.addEventListener("click", function () {
      Outbox.exportFile().then(function (file) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(file.blob);
        link.download = file.name;
        document.body.appendChild(link);
        link.click();
        link.remove();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
      });
    });
  });

  var again = 0;
  Outbox.onchange(function () { clearTimeout(again); again = setTimeout(show, 100); });
  show().then(function () { Outbox.send({ now: true }); }, function () { /* storage forbidden */ });
})();
