// The form of the shift talk on a phone that may lose its network: the page itself is kept for this login.
(function () {
  "use strict";
  var NAME = "fairfloor-talk", form = document.getElementById("talk"), lead = document.getElementById("talk-lead");
  if (!form) return;

  function today() { var now = new Date(); return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); }
  if (form.getAttribute("data-kept")) {
    lead.textContent = lead.getAttribute("data-kept");
    // The page shows the day it was kept on.
    var day = form.elements.talk_date;
    if (day && day.value && day.value === day.defaultValue && day.value < today()) day.value = today();
    // Its key may be of an earlier sign-in: a fresh page sends what waits, or asks to sign in.
    if (window.Outbox) window.Outbox.onchange(function (item) { if (item.needsSignIn) location.assign(form.getAttribute("data-list")); });
    return;
  }
  if (!navigator.serviceWorker || !window.caches) return;

  function filesOf() {
    var files = [form.getAttribute("data-icons")];
    document.querySelectorAll("link[rel=stylesheet], link[rel=icon]").forEach(function (each) { files.push(each.href); });
    document.querySelectorAll("script[src]").forEach(function (each) { files.push(each.src); });
    return files.map(function (file) { return new URL(file, location.href).href; });
  }
  function keepFile(cache, file) {
    return cache.match(file).then(function (kept) { return kept || cache.add(file); });
  }
  // What an earlier version of the program or an earlier sign-in left.
  function dropOthers(cache, wanted) {
    return cache.keys().then(function (keys) {
      return Promise.all(keys.map(function (one) { return wanted.indexOf(one.url) < 0 ? cache.delete(one) : null; }));
    });
  }
  function keepPage() {
    var here = new URL(form.getAttribute("data-page"), location.href).href, files = filesOf();
    return Promise.all([caches.open(NAME), fetch(here, { credentials: "same-origin", cache: "no-store", redirect: "error" })]).then(function (both) {
      var cache = both[0], page = both[1];
      return page.clone().text().then(function (text) {
        if (page.status !== 200 || text.indexOf('data-kept=""') < 0) throw new Error("another page");
        return Promise.all(files.map(function (file) { return keepFile(cache, file); }));
      }).then(function () { return cache.put(here, page); }).then(function () { return dropOthers(cache, files.concat(here)); });
    });
  }
  var keeper = form.getAttribute("data-keeper");
  navigator.serviceWorker.register(keeper, { scope: form.getAttribute("data-page") }).then(function () {
    return navigator.serviceWorker.ready;
  }).then(keepPage).then(function () {
    lead.textContent = lead.getAttribute("data-ready");
    form.setAttribute("data-ready", "1");
  }).catch(function () { /* plain http, no room or no line: the open page works all the same */ });
})();
