// Small comforts; every page works without them.
(function () {
  "use strict";

  // An open menu closes when one clicks elsewhere or presses Escape.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // What needs attention is read and seen first after a form came back.
  function showProblems(root) {
    var problems = root.querySelector("#problems");
    if (problems) problems.focus();
  }
  document.addEventListener("DOMContentLoaded", function () { showProblems(document); });
  document.addEventListener("htmx:afterSettle", function (event) { showProblems(event.target); });

  // <button data-print> prints the page.
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  // Signing out clears what rounds, the shift talk's page and monthly forms keep on this device; whoever has rounds
  // waiting to be sent is asked first.
  var ROUNDS = "fairfloor-rounds", TALK = "fairfloor-talk";
  function clearCaches(names) {
    return window.caches ? Promise.all(names.map(function (name) { return caches.delete(name); })) : Promise.resolve();
  }
  function clearForms(user) {
    try {
      Object.keys(localStorage).forEach(function (key) { if (user && key.indexOf("fairfloor-month:" + user + ":") === 0) localStorage.removeItem(key); });
    } catch (e) { /* forbidden */ }
  }
  function clearRounds() {
    return clearCaches([ROUNDS, TALK]).catch(function () { return null; }).then(function () {
      return new Promise(function (resolve) {
        if (!window.indexedDB) { resolve(); return; }
        var asked = indexedDB.deleteDatabase(ROUNDS);
        asked.onsuccess = asked.onerror = asked.onblocked = resolve;
      });
    });
  }
  function unsent() {
    return new Promise(function (resolve) {
      if (!window.indexedDB) { resolve(0); return; }
      var asked = indexedDB.open(ROUNDS);
      asked.onerror = function () { resolve(0); };
      asked.onsuccess = function () {
        var base = asked.result;
        if (!base.objectStoreNames.contains("rounds")) { base.close(); resolve(0); return; }
        var count = base.transaction("rounds").objectStore("rounds").getAll();
        count.onsuccess = function () {
          base.close();
          resolve(count.result.filter(function (each) { return each.state !== "OPEN" || Object.keys(each.answers).length; }).length);
        };
        count.onerror = function () { base.close(); resolve(0); };
      };
    });
  }
  // Somebody signs in: the page kept for whoever was here before is not theirs.
  document.addEventListener("submit", function (event) {
    if (event.target.hasAttribute("data-signs-in")) clearCaches([TALK]);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-signs-out") || form.hasAttribute("data-cleared")) return;
    event.preventDefault();
    unsent().then(function (count) {
      if (count && !window.confirm(form.getAttribute("data-unsent"))) return;
      clearForms(form.getAttribute("data-user"));
      clearRounds().then(function () { form.setAttribute("data-cleared", ""); form.submit(); });
    });
  });
})();
