// Keeps the pages of rounds on this phone; see checklists/static/checklists/rounds.js for what is put in.
"use strict";
var NAME = "fairfloor-rounds";
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  if (event.request.method !== "GET") return;
  var isPage = event.request.mode === "navigate";
  // A page comes from the network while there is one; style and script carry their version in the name.
  var kept = function () {
    return caches.open(NAME).then(function (cache) { return cache.match(event.request, { ignoreSearch: isPage }); });
  };
  event.respondWith(isPage
    ? fetch(event.request).catch(function (lost) {
      return kept().then(function (found) { if (found) return found; throw lost; });
    })
    : kept().then(function (found) { return found || fetch(event.request); }));
});
