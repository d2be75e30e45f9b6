// Opens the form of the shift talk without a network: this one page and its files, put in by talk.js. Nothing else is kept.
"use strict";
var NAME = "fairfloor-talk", PAGE = new URL(self.registration.scope).pathname;
// On a weak line the kept page is better than a long wait.
var PATIENCE = 4000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function found(key) { return caches.open(NAME).then(function (cache) { return cache.match(key); }); }
// The page is told that it comes from the phone.
function marked(page) {
  return page.text().then(function (text) {
    var headers = new Headers(page.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return new Response(text.replace('data-kept=""', 'data-kept="1"'), { headers: headers });
  });
}
function openPage(request) {
  return found(PAGE).then(function (page) {
    if (!page) return fetch(request);
    var fresh = fetch(request).then(function (answer) { return answer.status >= 500 ? marked(page.clone()) : answer; });
    var late = new Promise(function (done) { setTimeout(done, PATIENCE); }).then(function () { return marked(page.clone()); });
    return Promise.race([fresh, late]).catch(function () { return marked(page.clone()); });
  });
}
function openFile(request) {
  // A name with a hash in it never changes its content; anything else comes fresh while there is a network.
  if (/\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname)) {
    return found(request).then(function (file) { return file || fetch(request); });
  }
  return fetch(request).catch(function (lost) {
    return found(request).then(function (file) { if (file) return file; throw lost; });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") { if (url.pathname === PAGE) event.respondWith(openPage(request)); }
  else if (url.pathname.indexOf("/static/") === 0) event.respondWith(openFile(request));
});
