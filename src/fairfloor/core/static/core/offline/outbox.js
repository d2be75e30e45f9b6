// The outbox: what is sent from this phone waits here until the server says it has it. See docs/reference/offline.md.
(function (root) {
  "use strict";
  // A page may ask for it twice; one is enough.
  if (root.Outbox) return;
  var store = root.OutboxStore, page = root.document;
  var FIRST = 2000, LONGEST = 5 * 60 * 1000, LONGEST_HOLD = 60 * 60 * 1000, TIMEOUT = 30000, PART_TIMEOUT = 90000;
  var PART = 256 * 1024, SMALL_PART = 32 * 1024;
  // What the server refuses for good, in its own words. Anything else that is not a receipt may be better next time.
  var REFUSALS = [400, 404, 409, 410, 413, 415, 422];
  var listeners = [], running = null, again = false, pressed = false, timer = 0, pauseUntil = 0, partSize = SMALL_PART;
  var channel = root.BroadcastChannel ? new BroadcastChannel("fairfloor-outbox") : null;

  // randomUUID needs a secure page; many factories have plain http.
  function mint() {
    return Array.prototype.map.call(root.crypto.getRandomValues(new Uint8Array(16)), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function isKiosk() { return Boolean(page && page.body && page.body.hasAttribute("data-kiosk")); }
  function tell(item, quietly) {
    listeners.forEach(function (act) { act(item); });
    if (channel && !quietly) channel.postMessage(item);
  }
  if (channel) channel.onmessage = function (event) { tell(event.data, true); };
  function change(id, act) {
    return store.change(id, act).then(function (item) { if (item) tell(item); return item; });
  }

  // --- asking the server --------------------------------------------------------------------------------------------

  function seconds(headers) {
    var value = headers.get("Retry-After");
    if (!value) return 0;
    if (/^\d+$/.test(value)) return Number(value);
    // A date is read against the server's own clock; this phone's may be wrong.
    return Math.max(0, (Date.parse(value) - Date.parse(headers.get("Date"))) / 1000) || 0;
  }

  // {status, body, wait}; body is null unless the answer is a JSON object. Rejects where no answer came in time.
  function ask(url, options, limit) {
    var stop = new AbortController(), alarm = setTimeout(function () { stop.abort(); }, limit);
    options.signal = stop.signal;
    options.credentials = "same-origin";
    options.cache = "no-store";
    // A network's own sign-in page answers for us by leading elsewhere.
    options.redirect = "manual";
    return fetch(url, options).then(function (answer) {
      var isJson = /^application\/json\b/.test(answer.headers.get("Content-Type") || "");
      return (isJson ? answer.json() : Promise.resolve(null)).catch(function () { return null; }).then(function (body) {
        clearTimeout(alarm);
        return { status: answer.type === "opaqueredirect" ? 302 : answer.status, body: body && typeof body === "object" ? body : null, wait: seconds(answer.headers) };
      });
    }).catch(function (problem) { clearTimeout(alarm); throw problem; });
  }

  function wordsOf(body) {
    var words = body.message ? [body.message] : [];
    Object.keys(body.fields || {}).forEach(function (name) { words = words.concat(body.fields[name]); });
    return words.join(" ");
  }
  function isRefusal(answer) { return REFUSALS.indexOf(answer.status) >= 0 && answer.body && (answer.body.message !== undefined || answer.body.fields); }

  // Try again later: longer each time, never all phones at once, never before the server asked.
  function later(item, answer) {
    var delay = Math.min(LONGEST, FIRST * Math.pow(2, Math.min(item.tries, 12))) * (0.5 + Math.random());
    item.tries += 1;
    item.retryAt = Date.now() + delay;
    var wait = answer ? answer.wait || (answer.status === 429 ? 60 : 0) : 0;
    item.holdUntil = wait ? Date.now() + Math.min(wait * 1000, LONGEST_HOLD) : 0;
    if (item.state === "SENDING") item.state = "WAITING";
    return delay;
  }
  function noLine(item) {
    return change(item.id, function (one) { pauseUntil = performance.now() + later(one, null); });
  }

  // --- the words ----------------------------------------------------------------------------------------------------

  function keyFor(item) {
    var holder = item.csrf && page && page.querySelector("[data-csrf]");
    // On a shared phone nobody sends in the name of who was here before.
    if (holder && item.owner && holder.getAttribute("data-user") !== item.owner) return "";
    return holder ? holder.getAttribute("data-csrf") : "";
  }

  function sendWords(item) {
    var headers = { "Accept": "application/json", "Content-Type": "application/json" };
    if (item.csrf) headers["X-CSRFToken"] = keyFor(item);
    return change(item.id, function (one) { one.state = "SENDING"; }).then(function (current) {
      if (!current) return null;
      var body = JSON.stringify(Object.assign({}, item.fields, { client_id: item.id }));
      return ask(item.url, { method: "POST", headers: headers, body: body }, TIMEOUT).then(function (answer) {
        return change(item.id, function (one) {
          var body = answer.body || {};
          one.status = answer.status;
          one.needsSignIn = false;
          if ((answer.status === 200 || answer.status === 201) && (body.receipt || body.url || body.received)) {
            one.state = "RECEIVED";
            one.receipt = String(body.receipt || "");
            one.receiptUrl = /^\/(?!\/)/.test(body.url) ? body.url : "";
            one.words = "";
            one.fields = {};
            one.tries = one.retryAt = one.holdUntil = 0;
          } else if (isRefusal(answer)) {
            one.state = "REFUSED";
            one.words = wordsOf(body);
          } else {
            one.needsSignIn = Boolean(one.csrf) && [302, 401, 403].indexOf(answer.status) >= 0;
            later(one, answer);
          }
        }).then(function (one) { return one && done(one); });
      }, function () { return noLine(item); });
    });
  }

  // On a shared tablet, and of what staff wrote, nothing stays once the server has it.
  function done(item) {
    var isDone = item.state === "RECEIVED" && !item.files.some(isOpen);
    return isDone && !item.keep ? store.remove(item.id) : null;
  }

  // --- photos and voice, in parts, after the words ------------------------------------------------------------------

  function isOpen(file) { return !file.complete && !file.refused; }
  function note(item, file, act) {
    return change(item.id, function (one) {
      one.files.forEach(function (each) { if (each.client_id === file.client_id) act(each, one); });
    });
  }
  function end(item, file, words) {
    return note(item, file, function (one) {
      one.complete = words === null;
      if (one.complete) one.sent = one.size;
      one.refused = words !== null;
      one.words = words || "";
    }).then(function (one) { return store.dropBlob(file.client_id).then(function () { return one && done(one); }); });
  }

  function sendFile(item, file) {
    var url = item.filesUrl + file.client_id + "/", offset = file.sent, isKnown = file.sent === 0 && !file.tried, turns = 0;
    function part(blob) {
      var started = Date.now(), asks = !isKnown, headers = { "Accept": "application/json", "Upload-Receipt": item.receipt };
      var options = { method: "GET", headers: headers };
      if (!asks) {
        options.method = "PUT";
        options.body = blob.slice(offset, offset + partSize);
        Object.assign(headers, { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset), "Upload-Length": String(blob.size), "Upload-Kind": file.kind });
        if (file.reply) headers["Upload-Reply"] = "1";
      }
      return note(item, file, function (one) { one.tried = true; }).then(function (current) {
        return current && ask(url, options, PART_TIMEOUT).then(function (answer) {
          var body = answer.body || {}, isNumber = typeof body.received === "number";
          if (isNumber && (answer.status === 200 || answer.status === 201 || answer.status === 409)) {
            turns = body.received > offset ? 0 : turns + 1;
            offset = body.received;
            isKnown = true;
            if (!asks && answer.status !== 409) partSize = Date.now() - started < 3000 ? Math.min(PART, partSize * 2) : Math.max(SMALL_PART, partSize / 2);
            if (answer.status !== 409 && (body.complete || (!asks && offset >= blob.size))) return end(item, file, null);
            return note(item, file, function (one, whole) { one.sent = offset; whole.tries = 0; }).then(function () {
              if (turns > 3) return change(item.id, function (one) { later(one, null); });
              // Words never wait behind a photo.
              return store.all().then(function (items) { return items.some(function (one) { return isDue(one, []) && one.state !== "RECEIVED"; }) ? null : part(blob); });
            });
          }
          // Asked about a file it never saw, or lost, a server may say 404; the first part makes it known again.
          if (asks && answer.status === 404 && answer.body) { isKnown = true; offset = 0; return part(blob); }
          if (isRefusal(answer)) return end(item, file, wordsOf(body));
          return change(item.id, function (one) { later(one, answer); });
        });
      });
    }
    return store.blob(file.client_id).then(function (blob) {
      return blob ? part(blob) : end(item, file, "");
    }).catch(function () { partSize = SMALL_PART; return noLine(item); });
  }

  // --- one after the other ------------------------------------------------------------------------------------------

  // A time further ahead than we ever wait was noted before the clock was set back.
  function over(until, longest) { var left = until - Date.now(); return left <= 0 || left > longest * 1.6; }
  function wants(item) {
    if (item.csrf && !keyFor(item)) return false;
    return item.state === "WAITING" || item.state === "SENDING" || (item.state === "RECEIVED" && item.receipt && item.files.some(isOpen));
  }
  function isDue(item, tried) {
    if (!wants(item) || !over(item.holdUntil, LONGEST_HOLD)) return false;
    return pressed ? tried.indexOf(item.id + item.state) < 0 || over(item.retryAt, LONGEST) : over(item.retryAt, LONGEST);
  }

  function round(tried) {
    if (performance.now() < pauseUntil && !pressed) return Promise.resolve();
    pauseUntil = 0;
    return store.all().then(function (items) {
      var due = items.filter(function (item) { return isDue(item, tried); });
      var next = due.filter(function (item) { return item.state !== "RECEIVED"; })[0] || due[0];
      if (!next) return null;
      tried.push(next.id + (next.state === "RECEIVED" ? "RECEIVED" : "WAITING"));
      return (next.state === "RECEIVED" ? sendFile(next, next.files.filter(isOpen)[0]) : sendWords(next)).then(function () {
        // No line: the others would only wait for the same silence.
        return pauseUntil ? null : round(tried);
      });
    });
  }

  function schedule() {
    return store.all().then(function (items) {
      var waiting = items.filter(wants);
      clearTimeout(timer);
      if (!waiting.length) return 0;
      var soonest = Math.min.apply(null, waiting.map(function (item) { return Math.max(item.retryAt, item.holdUntil); }));
      var delay = Math.min(LONGEST, Math.max(500, pauseUntil - performance.now(), soonest - Date.now()));
      if (page) timer = setTimeout(send, delay);
      return waiting.length;
    });
  }

  // While a page is looked at it sends by itself; the service worker takes over when it is left.
  function askForSync() {
    var workers = root.navigator.serviceWorker;
    if (!workers || !workers.controller) return;
    workers.ready.then(function (ready) { return ready.sync && ready.sync.register("outbox"); }).catch(function () { /* forbidden */ });
  }

  // Sends what is due; with {now: true} also what rests after a failed try. Gives how many still wait.
  function send(options) {
    if (options && options.now) pressed = true;
    again = true;
    if (!running) {
      running = (function turn() {
        again = false;
        return store.alone(function () { return round([]); }).then(function () { return again ? turn() : null; });
      })().catch(function () { /* storage forbidden: there is nothing to send from */ }).then(function () {
        running = null;
        pressed = false;
        return schedule();
      });
    }
    return running;
  }

  function list() { return store.all(); }
  function isMine(item) { return !item.owner || keyFor(item) !== ""; }
  function isWaiting(item) { return item.state !== "RECEIVED" || item.files.some(isOpen); }

  // Keeps an item and begins to send it. Rejects with QuotaExceededError where the phone is full: keep the form then.
  function add(item) {
    var files = item.files || [];
    var record = {
      id: item.id || mint(), url: item.url, kind: item.kind, label: item.label || "", fields: item.fields || {}, csrf: Boolean(item.csrf), owner: item.owner || "", keep: !isKiosk() && !item.csrf,
      state: item.receipt ? "RECEIVED" : "WAITING", receipt: item.receipt || "", receiptUrl: "", words: "", status: 0, needsSignIn: false,
      tries: 0, retryAt: 0, holdUntil: 0, filesUrl: item.filesUrl || (/^\/w\/[^/]+\//.exec(item.url) || [""])[0] + "files/",
      files: files.map(function (file) {
        return { client_id: file.client_id || mint(), kind: file.kind, reply: Boolean(file.reply), size: file.blob.size, sent: 0, tried: false, complete: false, refused: false, words: "" };
      })
    };
    var blobs = record.files.map(function (file, place) { return { client_id: file.client_id, blob: files[place].blob }; });
    if (root.navigator.storage && root.navigator.storage.persist) root.navigator.storage.persist().catch(function () { /* not granted */ });
    return store.add(record, blobs).then(function (kept) { tell(kept); askForSync(); send({ now: true }); return kept; });
  }

  // What was refused goes once more, as something new.
  function sendAsNew(id) {
    return store.all().then(function (items) {
      var item = items.filter(function (one) { return one.id === id && one.state === "REFUSED"; })[0];
      if (!item) return null;
      var fresh = Object.assign({}, item, { id: mint(), state: "WAITING", words: "", status: 0, tries: 0, retryAt: 0, holdUntil: 0 });
      return store.rename(id, fresh).then(function () { tell(fresh); send({ now: true }); return fresh; });
    });
  }
  function remove(id) { return store.remove(id).then(function () { tell({ id: id, state: "REMOVED", files: [] }); }); }

  // Takes from this phone all that the server has: receipts, drafts, what was received. What waits stays.
  function forget() {
    try {
      Object.keys(root.localStorage || {}).forEach(function (key) { if (key.indexOf("fairfloor.") === 0) root.localStorage.removeItem(key); });
    } catch (e) { /* forbidden */ }
    return store.all().then(function (items) {
      return Promise.all(items.filter(function (item) { return !isWaiting(item); }).map(function (item) { return store.remove(item.id); }));
    });
  }

  // A JSON file of all that waits, photos and voice included: {name, blob}.
  function exportFile() {
    return store.all().then(function (items) { return store.file(items.filter(isWaiting)); });
  }

  if (page) {
    root.addEventListener("online", function () { send({ now: true }); });
    page.addEventListener("visibilitychange", function () { if (page.visibilityState === "visible") send({ now: true }); else askForSync(); });
  }
  root.Outbox = {
    add: add, list: list, send: send, sendAsNew: sendAsNew, remove: remove, forget: forget, exportFile: exportFile, mint: mint, isWaiting: isWaiting, isMine: isMine, isKiosk: isKiosk,
    onchange: function (act) { listeners.push(act); }
  };
})(self);
