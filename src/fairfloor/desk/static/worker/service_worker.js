// The service worker under /w/: every form opens without a network, and what waits is sent when there is one again.
// The address /w/sw.js loads store.js and outbox.js before this file and sets PROGRAM, a name for their contents.
(function () {
  "use strict";
  var NAME = "fairfloor-" + self.PROGRAM, NOTE = "/w/-/language", PENDING = "/w/-/language-to-tell", SHARED = "/w/-/shared";
  // On a weak line the kept page is better than a long wait; the fresh one is kept for next time.
  var PATIENCE = 3000;

  function put(cache, key, text) { return cache.put(key, new Response(text)); }
  function read(key) {
    return caches.open(NAME).then(function (cache) { return cache.match(key); }).then(function (found) { return found ? found.text() : ""; });
  }
  function write(key, text) { return caches.open(NAME).then(function (cache) { return text ? put(cache, key, text) : cache.delete(key); }); }
  // A shared tablet has pages of its own: shown the page of one's own phone, it would keep what the one before wrote.
  function keyOf(path, language, shared) { return path + "?in=" + language + (shared ? "&shared=1" : ""); }
  function isSharedPage(text) { return /<body[^>]* data-kiosk=/.test(text); }
  function noteShared(shared) { return write(SHARED, shared ? "1" : ""); }

  // A page is ours when it carries our mark: a network's own sign-in page does not.
  function isOurs(answer, text) { return answer.status === 200 && !answer.redirected && text.indexOf("data-fairfloor") > 0; }

  function keepFiles(cache, text) {
    var found = text.match(/\/static\/[^"'#\s>]+/g) || [], seen = {};
    return Promise.all(found.filter(function (url) { return !seen[url] && (seen[url] = true); }).map(function (url) {
      return cache.match(url).then(function (kept) { return kept ? null : fetch(url).then(function (answer) { return answer.ok ? cache.put(url, answer) : null; }); });
    }));
  }
  function keepPage(cache, one) {
    // Without the cookies the server answers in the language asked for, and for the use asked for.
    var headers = { "Accept-Language": one.language };
    if (one.shared) headers["Fairfloor-Kiosk"] = "1";
    return fetch(one.path, { credentials: "omit", headers: headers, cache: "no-store" }).then(function (answer) {
      return answer.clone().text().then(function (text) {
        if (!isOurs(answer, text) || isSharedPage(text) !== one.shared) return null;
        return keepFiles(cache, text).then(function () { return cache.put(keyOf(one.path, one.language, one.shared), answer); });
      });
    });
  }
  // One after the other: on a weak line the first is usable while the rest come.
  function keepPages(cache, wanted) {
    return wanted.reduce(function (before, one) {
      return before.then(function () { return cache.match(keyOf(one.path, one.language, one.shared)); }).then(function (kept) {
        return kept ? null : keepPage(cache, one);
      });
    }, Promise.resolve());
  }

  function olderCaches() {
    return caches.keys().then(function (names) { return names.filter(function (name) { return /^fairfloor-[0-9a-f]{12}$/.test(name) && name !== NAME; }); });
  }
  // A new version brings all pages that are kept here before it may take over; until then the old one serves.
  self.addEventListener("install", function (event) {
    event.waitUntil(Promise.all([caches.open(NAME), olderCaches()]).then(function (both) {
      return both[1].reduce(function (before, name) {
        return before.then(function () { return caches.open(name); }).then(function (old) {
          return Promise.all([old.keys(), old.match(NOTE), old.match(PENDING), old.match(SHARED)]).then(function (found) {
            var wanted = found[0].map(function (request) { return new URL(request.url); }).filter(function (url) { return url.searchParams.has("in"); });
            return keepPages(both[0], wanted.map(function (url) { return { path: url.pathname, language: url.searchParams.get("in"), shared: url.searchParams.has("shared") }; })).then(function () {
              return Promise.all([[NOTE, found[1]], [PENDING, found[2]], [SHARED, found[3]]].map(function (note) { return note[1] && both[0].put(note[0], note[1]); }));
            });
          });
        });
      }, Promise.resolve());
    }));
  });
  self.addEventListener("activate", function (event) {
    event.waitUntil(olderCaches().then(function (names) {
      return Promise.all(names.map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }));
  });

  // A page tells which pages make up its link's shell, in the language at hand first.
  self.addEventListener("message", function (event) {
    var told = event.data || {};
    if (told.type !== "shell") return;
    var wanted = [];
    told.languages.forEach(function (language) { told.pages.forEach(function (path) { wanted.push({ path: path, language: language, shared: told.shared }); }); });
    event.waitUntil(caches.open(NAME).then(function (cache) {
      return read(NOTE).then(function (known) {
        return Promise.all([known || put(cache, NOTE, told.languages[0]), noteShared(told.shared)]);
      }).then(function () { return keepPages(cache, wanted); });
    }).catch(function () { /* no line or no room: the next visit goes on */ }).then(function () {
      if (event.ports[0]) event.ports[0].postMessage("kept");
    }));
  });

  function kept(path) {
    return Promise.all([caches.open(NAME), read(NOTE), read(SHARED)]).then(function (all) {
      var cache = all[0], shared = Boolean(all[2]);
      return cache.match(keyOf(path, all[1], shared)).then(function (page) {
        return page || cache.keys(path, { ignoreSearch: true }).then(function (keys) {
          var other = keys.filter(function (key) { return new URL(key.url).searchParams.has("shared") === shared; })[0];
          return other && cache.match(other);
        });
      });
    });
  }
  function home(path) { return (/^\/w\/[^/]+\//.exec(path) || [""])[0]; }
  // A language chosen without a network is told to the server before the next page is asked for.
  function tellLanguage(path) {
    return read(PENDING).then(function (language) {
      if (!language) return null;
      return fetch(home(path) + "language/", { method: "POST", body: new URLSearchParams({ language: language }), redirect: "manual" }).then(function () { return write(PENDING, ""); });
    });
  }
  function after(seconds) { return new Promise(function (done) { setTimeout(done, seconds); }); }

  function openPage(event, url) {
    var path = url.pathname;
    return kept(path).then(function (page) {
      var fresh = tellLanguage(path).then(function () { return fetch(event.request); }).then(function (answer) {
        var language = answer.headers.get("Content-Language"), copy = answer.status === 200 ? answer.clone() : null;
        if (copy && language && page) event.waitUntil(copy.text().then(function (text) {
          if (!isOurs(answer, text)) return null;
          return caches.open(NAME).then(function (cache) {
            var headers = { "Content-Type": "text/html; charset=utf-8", "Content-Language": language };
            var shared = isSharedPage(text);
            return Promise.all([put(cache, NOTE, language), noteShared(shared), keepFiles(cache, text).then(function () { return cache.put(keyOf(path, language, shared), new Response(text, { headers: headers })); })]);
          });
        }).catch(function () { /* no room: what is kept stays */ }));
        return answer;
      });
      fresh.catch(function () { /* told below */ });
      if (!page) return fresh.catch(function (problem) {
        // A receipt cannot be read without a network; My messages says what waits.
        return kept(home(path) + "messages/").then(function (instead) { if (instead) return instead; throw problem; });
      });
      event.waitUntil(fresh.catch(function () { /* no line */ }));
      return Promise.race([fresh.then(function (answer) { return answer.status >= 500 ? page : answer; }), after(PATIENCE).then(function () { return page; })])
        .catch(function () { return page; });
    });
  }

  function chooseLanguage(event) {
    return event.request.clone().formData().then(function (form) {
      var language = form.get("language"), next = form.get("next") || home(new URL(event.request.url).pathname);
      return Promise.race([fetch(event.request), after(PATIENCE).then(function () { throw new Error("too slow"); })]).then(function (answer) {
        return write(NOTE, language).then(function () { return answer; });
      }).catch(function () {
        return Promise.all([write(NOTE, language), write(PENDING, language)]).then(function () {
          return Response.redirect(/^\/w\//.test(next) ? next : home(next), 303);
        });
      });
    });
  }

  // From the press on, before the next page is asked for: on a slow line that one may be a kept page.
  function chooseShared(event) {
    return event.request.clone().formData().then(function (form) {
      return fetch(event.request).then(function (answer) {
        return answer.status >= 400 ? answer : noteShared(form.get("kiosk") === "on").then(function () { return answer; });
      });
    });
  }

  function openFile(request) {
    return caches.open(NAME).then(function (cache) {
      // Names with a hash in them never change their content.
      var isFixed = /\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname);
      return cache.match(request.url).then(function (file) {
        if (file && isFixed) return file;
        return fetch(request).then(function (answer) {
          if (answer.ok && answer.type === "basic") cache.put(request.url, answer.clone()).catch(function () { /* no room */ });
          return answer;
        }).catch(function (problem) { if (file) return file; throw problem; });
      });
    });
  }

  self.addEventListener("fetch", function (event) {
    var url = new URL(event.request.url);
    if (url.origin !== self.location.origin) return;
    if (event.request.mode === "navigate" && /^\/w\/[^/]+\//.test(url.pathname)) {
      if (event.request.method === "GET") event.respondWith(openPage(event, url));
      else if (/^\/w\/[^/]+\/language\/$/.test(url.pathname)) event.respondWith(chooseLanguage(event));
      else if (/^\/w\/[^/]+\/kiosk\/$/.test(url.pathname)) event.respondWith(chooseShared(event));
    } else if (event.request.method === "GET" && url.pathname.indexOf("/static/") === 0) {
      event.respondWith(openFile(event.request));
    }
  });

  self.addEventListener("sync", function (event) {
    if (event.tag !== "outbox") return;
    event.waitUntil(self.Outbox.send({ now: true }).then(function (left) {
      // Told that it failed, the browser tries again later.
      if (left) throw new Error("still waiting");
    }));
  });
})();
