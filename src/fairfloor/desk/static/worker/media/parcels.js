// Files on their way: kept on the phone until they have arrived, sent in parts, continued where a lost connection ended.
// The words of a message never wait for them.
(function () {
  "use strict";
  var PART = 256 * 1024, KEPT_DAYS = 7, DAY = 86400000;
  var box = document.querySelector("[data-parcels]");

  function open() {
    return new Promise(function (done, fail) {
      if (!window.indexedDB) { fail(new Error("no store")); return; }
      var request = indexedDB.open("fairfloor-files", 1);
      request.onupgradeneeded = function () { request.result.createObjectStore("parcels", { keyPath: "id" }); };
      request.onsuccess = function () { done(request.result); };
      request.onerror = function () { fail(request.error); };
      request.onblocked = function () { fail(new Error("blocked")); };
    });
  }
  function act(mode, what) {
    return open().then(function (db) {
      return new Promise(function (done, fail) {
        var transaction = db.transaction("parcels", mode), request = what(transaction.objectStore("parcels"));
        transaction.oncomplete = function () { db.close(); done(request.result); };
        transaction.onerror = transaction.onabort = function () { db.close(); fail(transaction.error); };
      });
    });
  }
  function keep(parcel) { return act("readwrite", function (store) { return store.put(parcel); }); }
  function drop(id) { return act("readwrite", function (store) { return store.delete(id); }); }
  function all() { return act("readonly", function (store) { return store.getAll(); }); }

  function Refused(message) { this.refused = true; this.message = message || ""; }
  function answerOf(response) { return response.json().catch(function () { return {}; }); }

  async function ask(parcel, options) {
    var headers = { Accept: "application/json", "Upload-Receipt": parcel.receipt };
    Object.keys(options.headers || {}).forEach(function (name) { headers[name] = options.headers[name]; });
    var response = await fetch(parcel.url, { method: options.method, body: options.body, headers: headers, credentials: "same-origin", cache: "no-store" });
    var answer = await answerOf(response);
    if (response.ok || (response.status === 409 && typeof answer.received === "number")) return answer;
    if (response.status === 429 || response.status >= 500) throw new Error("later");
    throw new Refused(answer.message);
  }

  // One file, from where the factory has it. `told` hears the share that has arrived, 0 to 1.
  async function send(parcel, told) {
    var answer = await ask(parcel, { method: "GET" }), astray = 0;
    while (!answer.complete) {
      var from = answer.received;
      if (told) told(from / parcel.blob.size);
      answer = await ask(parcel, {
        method: "PUT",
        body: parcel.blob.slice(from, from + PART, "application/octet-stream"),
        headers: {
          "Content-Type": "application/octet-stream", "Upload-Offset": String(from), "Upload-Length": String(parcel.blob.size),
          "Upload-Kind": parcel.kind, "Upload-Reply": parcel.reply ? "1" : "0"
        }
      });
      if (answer.received <= from && !answer.complete && ++astray > 5) throw new Error("later");
    }
    if (told) told(1);
  }

  function say(name, more) {
    if (!box) return;
    box.hidden = false;
    box.textContent = more || box.dataset[name] || "";
    box.dataset.state = name;
  }

  var waiting = 2000, timer = 0, running = false;
  function alone(work) {
    if (navigator.locks && navigator.locks.request) return navigator.locks.request("fairfloor-files", { ifAvailable: true }, function (lock) { return lock ? work() : undefined; });
    return work();
  }
  async function round() {
    var parcels = await all(), sent = 0, refused = "";
    for (var i = 0; i < parcels.length; i++) {
      var parcel = parcels[i];
      if (Date.now() - parcel.day * DAY > (KEPT_DAYS + 1) * DAY) { await drop(parcel.id); continue; }
      try {
        say("sending");
        await send(parcel, function (share) { say("sending", box && box.dataset.sending + " " + Math.round(100 * share) + " %"); });
        sent += 1;
      } catch (problem) {
        if (!problem.refused) throw problem;
        refused = problem.message || (box && box.dataset.refused) || "";
      }
      await drop(parcel.id);
    }
    waiting = 2000;
    if (refused) say("refused", refused); else if (sent) say("arrived");
  }
  async function sendAll() {
    if (running) return;
    running = true;
    clearTimeout(timer);
    try {
      await alone(round);
    } catch (problem) {
      say("waits");
      timer = setTimeout(sendAll, waiting);
      waiting = Math.min(waiting * 2, 60000);
    }
    running = false;
  }

  window.Parcels = {
    // `list`: {id, url, receipt, kind, blob, reply}. Fails where the phone keeps nothing (private window, full).
    keep: function (list) {
      var day = Math.floor(Date.now() / DAY);
      return Promise.all(list.map(function (one) { return keep(Object.assign({ day: day }, one)); }));
    },
    send: send,
    sendAll: sendAll
  };
  if (box) {
    window.addEventListener("online", sendAll);
    all().then(function (parcels) { if (parcels.length) sendAll(); }, function () { /* nothing can be kept here */ });
  }
})();
