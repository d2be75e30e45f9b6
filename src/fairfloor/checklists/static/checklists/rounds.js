// Rounds on this phone: kept while one walks, sent when there is network. Works on Chrome 70 and later.
// Two stores: "rounds" (one object each, with its answers) and "photos" (one per question with a photo).
(function (root) {
  "use strict";
  var NAME = "fairfloor-rounds", db = null, sending = null;

  function open() {
    if (db) return db;
    db = new Promise(function (resolve, reject) {
      if (!root.indexedDB) { reject(new Error("no store")); return; }
      var asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("rounds", { keyPath: "id" });
        asked.result.createObjectStore("photos", { keyPath: "key" });
      };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
    db.catch(function () { db = null; });
    return db;
  }
  // One act in one transaction; resolves once it is on the disk.
  function act(store, mode, what) {
    return open().then(function (base) {
      return new Promise(function (resolve, reject) {
        var transaction = base.transaction(store, mode), asked = what(transaction.objectStore(store));
        transaction.oncomplete = function () { resolve(asked && asked.result); };
        transaction.onabort = transaction.onerror = function () { reject(transaction.error); };
      });
    });
  }
  function put(store, value) { return act(store, "readwrite", function (s) { return s.put(value); }); }
  function all(store) { return act(store, "readonly", function (s) { return s.getAll(); }); }
  function drop(store, key) { return act(store, "readwrite", function (s) { return s.delete(key); }); }
  function photosOf(id) {
    return all("photos").then(function (found) { return found.filter(function (each) { return each.round === id; }); });
  }
  function forget(id) {
    return photosOf(id).then(function (found) {
      return Promise.all(found.map(function (each) { return drop("photos", each.key); }));
    }).then(function () { return drop("rounds", id); });
  }

  // --- sending ---------------------------------------------------------------------------------------------------------

  function ask(url, options) {
    options.credentials = "same-origin";
    options.cache = "no-store";
    options.redirect = "manual"; // the way to the sign-in page is no answer
    options.headers = options.headers || {};
    options.headers.Accept = "application/json";
    return fetch(url, options).then(function (answer) {
      if (answer.type === "opaqueredirect") return { status: 302, body: {} };
      return answer.json().catch(function () { return {}; }).then(function (body) { return { status: answer.status, body: body || {} }; });
    });
  }
  function sendPhotos(round, token, url) {
    return photosOf(round.id).then(function (found) {
      return found.filter(function (each) { return !each.sent; }).reduce(function (before, each) {
        return before.then(function () {
          var form = new FormData();
          form.append("client_id", round.id); form.append("item", each.item); form.append("photo", each.blob, "photo.jpg");
          return ask(url, { method: "POST", body: form, headers: { "X-CSRFToken": token } }).then(function (answer) {
            if (answer.status !== 200 && answer.status !== 201) throw answer;
            each.sent = true;
            return put("photos", each);
          });
        });
      }, Promise.resolve());
    });
  }
  function sendOne(round, token, photoUrl) {
    return sendPhotos(round, token, photoUrl).then(function () {
      var body = { client_id: round.id, version: round.version, area_code: round.area, started_date: round.started, finished_date: round.finished, answers: round.answers };
      return ask(round.url, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
    }).catch(function (answer) { if (answer && answer.status) return answer; throw answer; }).then(function (answer) {
      if (answer.status === 200 || answer.status === 201) return forget(round.id).then(function () { return { id: round.id, url: answer.body.url }; });
      if ([404, 409, 413, 422].indexOf(answer.status) >= 0 && answer.body.message) {
        round.state = "REFUSED"; round.message = answer.body.message;
        return put("rounds", round).then(function () { return { id: round.id, refused: round.message, name: round.name, page: round.url }; });
      }
      throw new Error("later");
    });
  }
  // Resolves to {waiting, signedOut, results}. Never rejects: what was not sent waits.
  function send() {
    var box = document.getElementById("on-this-phone");
    if (sending || !box) return sending || Promise.resolve({ waiting: 0, results: [] });
    var user = box.getAttribute("data-user"), results = [], signedOut = false;
    function mine() {
      return all("rounds").then(function (found) { return found.filter(function (each) { return each.user === user && each.state === "WAITING"; }); });
    }
    sending = mine().then(function (found) {
      if (!found.length) return null;
      return ask(box.getAttribute("data-signed-in"), {}).then(function (answer) {
        // Somebody else's sign-in must not send this person's rounds.
        if (answer.status !== 200 || String(answer.body.user) !== user) { signedOut = answer.status < 500; return null; }
        return found.reduce(function (before, round) {
          return before.then(function () {
            return sendOne(round, answer.body.token, box.getAttribute("data-photo")).then(function (each) { results.push(each); });
          });
        }, Promise.resolve());
      });
    }).catch(function () { return null; }).then(mine).catch(function () { return []; }).then(function (left) {
      sending = null;
      show(box, left, signedOut, results);
      document.dispatchEvent(new CustomEvent("rounds-sent", { detail: results }));
      return { waiting: left.length, signedOut: signedOut, results: results };
    });
    return sending;
  }
  function show(box, left, signedOut, results) {
    var words = box.querySelector("p");
    words.textContent = "";
    results.forEach(function (each) {
      var line = document.createElement("a");
      line.href = each.refused ? each.page : each.url;
      line.textContent = each.refused ? box.getAttribute("data-refused") + " " + each.name + ". " + each.refused : box.getAttribute("data-sent");
      words.appendChild(line); words.appendChild(document.createElement("br"));
    });
    if (left.length) words.appendChild(document.createTextNode(box.getAttribute("data-waiting") + " " + left.length + ". " + (signedOut ? box.getAttribute("data-sign-in") : "")));
    box.hidden = !left.length && !results.length;
  }

  root.Rounds = { all: function () { return all("rounds"); }, put: function (round) { return put("rounds", round); }, photosOf: photosOf, putPhoto: function (photo) { return put("photos", photo); }, dropPhoto: function (key) { return drop("photos", key); }, forget: forget, send: send };
  root.addEventListener("online", send);
  root.addEventListener("DOMContentLoaded", function () { send(); setInterval(send, 30000); });
})(window);
