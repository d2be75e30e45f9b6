// What waits on this phone, in IndexedDB. Used by pages and by the service worker; load it before outbox.js.
(function (root) {
  "use strict";
  var NAME = "fairfloor", STORES = ["items", "blobs", "notes"];
  var opened = null;

  function open() {
    if (opened) return opened;
    opened = new Promise(function (done, fail) {
      var request = root.indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () {
        request.result.createObjectStore("items", { keyPath: "id" });
        request.result.createObjectStore("blobs", { keyPath: "client_id" });
        request.result.createObjectStore("notes", { keyPath: "key" });
      };
      request.onsuccess = function () {
        var db = request.result;
        // A newer program in another tab may need another shape: make way, the next call opens anew.
        db.onversionchange = function () { db.close(); opened = null; };
        db.onclose = function () { opened = null; };
        done(db);
      };
      request.onerror = function () { fail(request.error); };
    });
    opened.catch(function () { opened = null; });
    return opened;
  }

  // One transaction: `act(tx, give)`. Settles only when the disk has it, so that a power cut after it loses nothing.
  function work(mode, act) {
    return open().then(function (db) {
      return new Promise(function (done, fail) {
        var result;
        var tx = mode === "readwrite" ? db.transaction(STORES, mode, { durability: "strict" }) : db.transaction(STORES, mode);
        tx.oncomplete = function () { done(result); };
        tx.onabort = function () { fail(tx.error || new DOMException("The transaction was given up.", "AbortError")); };
        act(tx, function (value) { result = value; });
      });
    });
  }

  function all() {
    return work("readonly", function (tx, give) {
      var request = tx.objectStore("items").getAll();
      request.onsuccess = function () {
        give(request.result.sort(function (a, b) { return a.order - b.order || (a.id < b.id ? -1 : 1); }));
      };
    });
  }

  // Add a record with its blobs ({client_id, blob}); one that is there already stays as it is. Gives the record kept.
  function add(record, blobs) {
    return work("readwrite", function (tx, give) {
      var items = tx.objectStore("items"), request = items.getAll();
      request.onsuccess = function () {
        var same = request.result.filter(function (one) { return one.id === record.id; })[0];
        if (same) { give(same); return; }
        record.order = request.result.reduce(function (most, one) { return Math.max(most, one.order); }, 0) + 1;
        items.add(record);
        blobs.forEach(function (one) { tx.objectStore("blobs").put(one); });
        give(record);
      };
    });
  }

  // Read, change and write in one transaction; gives the record, or undefined where it is gone meanwhile.
  function change(id, act) {
    return work("readwrite", function (tx, give) {
      var items = tx.objectStore("items"), request = items.get(id);
      request.onsuccess = function () {
        var record = request.result;
        if (!record) return;
        act(record);
        items.put(record);
        give(record);
      };
    });
  }

  function remove(id) {
    return work("readwrite", function (tx) {
      var items = tx.objectStore("items"), request = items.get(id);
      request.onsuccess = function () {
        if (!request.result) return;
        request.result.files.forEach(function (file) { tx.objectStore("blobs").delete(file.client_id); });
        items.delete(id);
      };
    });
  }

  // The same words under a new id: the old record goes and the new one comes, or neither.
  function rename(id, record) {
    return work("readwrite", function (tx) {
      tx.objectStore("items").delete(id);
      tx.objectStore("items").put(record);
    });
  }

  function blob(clientId) {
    return work("readonly", function (tx, give) {
      var request = tx.objectStore("blobs").get(clientId);
      request.onsuccess = function () { give(request.result && request.result.blob); };
    });
  }

  function dropBlob(clientId) {
    return work("readwrite", function (tx) { tx.objectStore("blobs").delete(clientId); });
  }

  function asText(blob) {
    return new Promise(function (done, fail) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = function () { fail(reader.error); };
      reader.readAsDataURL(blob);
    });
  }

  // These items as a JSON file, with their photos and voice as data addresses.
  function file(items) {
    return Promise.all(items.map(function (item) {
      return Promise.all(item.files.map(function (one) {
        return blob(one.client_id).then(function (content) { return content ? asText(content) : ""; }).then(function (content) {
          return { client_id: one.client_id, kind: one.kind, content: content };
        });
      })).then(function (files) {
        return { id: item.id, url: item.url, kind: item.kind, state: item.state, receipt: item.receipt, fields: item.fields, files: files };
      });
    })).then(function (rows) {
      var text = JSON.stringify({ format: "fairfloor-outbox", version: 1, items: rows }, null, 1);
      return { name: "fairfloor-waiting.json", blob: new Blob([text], { type: "application/json" }) };
    });
  }

  // --- one sender at a time ------------------------------------------------------------------------------------------

  var LEASE = 15000, me = String(Math.random());

  function takeLease() {
    return work("readwrite", function (tx, give) {
      var notes = tx.objectStore("notes"), request = notes.get("lease"), now = Date.now();
      request.onsuccess = function () {
        var held = request.result;
        // A lease that ends too far ahead was taken before the clock was set back.
        if (held && held.holder !== me && held.until > now && held.until - now <= LEASE) { give(held.until - now); return; }
        notes.put({ key: "lease", holder: me, until: now + LEASE });
        give(0);
      };
    });
  }

  function endLease() {
    return work("readwrite", function (tx) {
      var notes = tx.objectStore("notes"), request = notes.get("lease");
      request.onsuccess = function () { if (request.result && request.result.holder === me) notes.delete("lease"); };
    });
  }

  function withLease(act) {
    return takeLease().then(function (wait) {
      if (wait) return new Promise(function (done) { setTimeout(done, wait + 100); }).then(function () { return withLease(act); });
      var renew = setInterval(takeLease, LEASE / 3);
      function end() { clearInterval(renew); return endLease(); }
      return act().then(end, function (problem) { return end().then(function () { throw problem; }); });
    });
  }

  // Runs `act` while no other tab and no service worker of this browser does. Even where two slip through, the id makes
  // them one for the server. Web Locks end with their owner, killed or not; plain http has none, there a lease runs out.
  function alone(act) {
    var locks = root.navigator.locks;
    return locks && locks.request ? locks.request("fairfloor-outbox", act) : withLease(act);
  }

  root.OutboxStore = { all: all, add: add, change: change, remove: remove, rename: rename, blob: blob, dropBlob: dropBlob, file: file, alone: alone };
})(self);
