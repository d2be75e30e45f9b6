// The monthly form saves itself while one writes. What cannot be sent stays in this browser, under this login's name,
// until it is saved or the month is sent. Without a script the form works by its buttons.
(function () {
  "use strict";
  var PAUSE = 1500, AGAIN = 15000, PATIENCE = 15000, LONGEST = 60 * 24 * 3600 * 1000;
  var shelf = {
    get: function (key) { try { return JSON.parse(localStorage.getItem(key)); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* full or forbidden */ } },
    drop: function (key) { try { localStorage.removeItem(key); } catch (e) { /* forbidden */ } }
  };

  // The page after a month was sent.
  var script = document.currentScript || document.querySelector("script[data-sent-key]"), form = document.getElementById("month");
  if (script && script.hasAttribute("data-sent-key")) {
    shelf.drop(script.getAttribute("data-sent-key"));
    history.replaceState(null, "", location.pathname);
    return;
  }
  if (!form || !window.fetch || !window.AbortController) return;
  var state = document.getElementById("month-state"), other = document.getElementById("month-other");
  var key = form.getAttribute("data-key"), asked = null, timer = 0, isLeaving = false, isHeld = false, saved = "";
  var page = Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(12)), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  form.elements.window.value = page;

  function fields() {
    var found = {};
    new FormData(form).forEach(function (value, name) { if (name.indexOf("-") > 0 && typeof value === "string") found[name] = value; });
    return found;
  }
  function text() { return JSON.stringify(fields()); }
  // Another window may have put its own there.
  function unshelve() { var kept = shelf.get(key); if (kept && kept.window === form.elements.window.value) shelf.drop(key); }
  function say(words) { if (state.textContent !== words) state.textContent = words; }
  function word(name) { return form.getAttribute("data-" + name); }
  function shelve() {
    shelf.set(key, { fields: fields(), seen: form.elements.seen.value, window: form.elements.window.value, at: Date.now() });
  }
  function later(pause) { clearTimeout(timer); timer = setTimeout(save, pause); }
  function hold(words, hasOther) {
    isHeld = true;
    clearTimeout(timer);
    say("");
    other.querySelector("p").textContent = words;
    other.querySelector("[data-act=mine]").hidden = other.querySelector("[data-act=theirs]").hidden = !hasOther;
    other.hidden = false;
    other.focus();
  }

  function answered(answer, body, sent) {
    if (answer.ok && body.seen) {
      form.elements.seen.value = body.seen;
      saved = sent;
      if (text() === sent) { unshelve(); say(body.message); } else { shelve(); later(PAUSE); }
    } else if (body.code) {
      if (body.seen) form.elements.seen.setAttribute("data-theirs", body.seen);
      hold(body.message, body.code === "CHANGED");
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 || answer.status === 404) {
      say(word("sign-in"));
      later(AGAIN * 4);
    } else {
      say(word("later"));
      later(AGAIN);
    }
  }
  function save(isLast) {
    clearTimeout(timer);
    if (isHeld || isLeaving || text() === saved) return;
    if (asked) { later(PAUSE); return; }
    var sent = text(), stop = new AbortController(), alarm = setTimeout(function () { stop.abort(); }, PATIENCE);
    asked = stop;
    fetch(form.getAttribute("data-draft"), {
      method: "POST", body: new URLSearchParams(new FormData(form)), signal: stop.signal, credentials: "same-origin", cache: "no-store",
      redirect: "manual", keepalive: isLast === true, headers: { "Accept": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (body) { asked = null; if (!isLeaving) answered(answer, body || {}, sent); });
    }).catch(function () {
      asked = null;
      if (isLeaving) return;
      say(word("offline"));
      later(AGAIN);
    }).then(function () { clearTimeout(alarm); });
  }

  function putBack(kept) {
    Object.keys(kept).forEach(function (name) {
      Array.prototype.forEach.call(form.querySelectorAll('[name="' + name + '"]'), function (box) {
        if (box.type === "radio") box.checked = box.value === kept[name]; else box.value = kept[name];
      });
    });
  }
  function begin() {
    var kept = shelf.get(key), before = text();
    saved = before;
    if (word("sent")) saved = ""; // sent and refused: what stands here is the newest
    else if (kept && kept.fields && Date.now() - kept.at < LONGEST) {
      putBack(kept.fields);
      if (text() === before) { shelf.drop(key); return; }
      form.elements.seen.value = kept.seen;
      form.elements.window.value = kept.window;
      say(word("back"));
    }
    if (text() !== saved) { shelve(); save(); }
  }

  function changed() {
    if (isLeaving) return;
    if (text() === saved) { if (!asked) unshelve(); return; }
    shelve();
    if (!isHeld) later(PAUSE);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  other.addEventListener("click", function (event) {
    var act = event.target.getAttribute("data-act");
    if (act === "theirs") { isLeaving = true; shelf.drop(key); }
    if (act !== "mine") return;
    form.elements.seen.value = form.elements.seen.getAttribute("data-theirs");
    isHeld = false;
    other.hidden = true;
    form.elements[Object.keys(fields())[0]].focus();
    saved = "";
    save();
  });
  // Sent or kept by a button: a draft on its way would only come after it.
  form.addEventListener("submit", function () {
    isLeaving = true;
    clearTimeout(timer);
    shelve();
    if (asked) asked.abort();
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.replace(location.pathname + "?month=" + form.elements.month.value); });
  window.addEventListener("online", function () { save(); });
  window.addEventListener("offline", function () { if (text() !== saved) say(word("offline")); });
  document.addEventListener("submit", function (event) { if (event.target.hasAttribute("data-signs-out")) save(true); }, true);
  window.addEventListener("pagehide", function () { save(true); });
  begin();
})();
