// Walking a round: every answer is kept on the phone at once, and the page itself for when there is no network.
(function () {
  "use strict";
  var form = document.getElementById("round"), notice = document.getElementById("round-notice");
  if (!form || !window.indexedDB || !window.Rounds) return; // the plain form works
  var scored = form.getAttribute("data-scored") === "1", words = function (name) { return form.getAttribute("data-" + name); };
  var questions = Array.prototype.slice.call(form.querySelectorAll(".question")), round = null, photos = {}, saving = Promise.resolve();
  var LONGEST_SIDE = 1600, state = document.getElementById("round-state");

  function mint() {
    return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function itemOf(question) { return question.getAttribute("data-item"); }
  function valueOf(question) { var chosen = question.querySelector("input[type=radio]:checked"); return chosen ? chosen.value : ""; }
  function isLow(value) { return scored ? value === "0" || value === "1" : value === "NOT_OK"; }
  function today() { var now = new Date(); return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); }

  function paint(question) {
    var value = valueOf(question), item = itemOf(question), thumb = question.querySelector(".photo-thumb");
    question.querySelector(".finding-more").hidden = !isLow(value) && !(scored && value === "2") && !photos[item] && !question.querySelector("textarea").value;
    question.classList.toggle("is-answered", Boolean(value));
    if (photos[item] && !thumb.src) { thumb.src = URL.createObjectURL(photos[item]); thumb.alt = words("photo-kept"); thumb.hidden = false; }
  }
  function progress() {
    var done = questions.filter(valueOf).length, line = document.getElementById("round-progress");
    line.textContent = words("progress").replace("%(done)s", done).replace("%(total)s", questions.length);
  }
  function save() {
    if (!round) return saving;
    round.area = form.elements.area_code.value;
    var kept = JSON.parse(JSON.stringify(round));
    saving = saving.then(function () { return Rounds.put(kept); }).catch(function () { return null; });
    return saving;
  }
  function keepAnswer(question) {
    var value = valueOf(question), said = question.querySelector("textarea").value;
    if (value) round.answers[itemOf(question)] = { value: value, words: said };
    return save();
  }

  // --- photos: made small on the phone, kept as they are where that fails -----------------------------------------------

  function shrink(file) {
    return new Promise(function (resolve) {
      var picture = new Image(), address = URL.createObjectURL(file);
      picture.onerror = function () { URL.revokeObjectURL(address); resolve(file); };
      picture.onload = function () {
        var ratio = Math.min(1, LONGEST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
        var canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(picture.naturalWidth * ratio)); canvas.height = Math.max(1, Math.round(picture.naturalHeight * ratio));
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(function (blob) { resolve(blob || file); }, "image/jpeg", 0.8);
      };
      picture.src = address;
    });
  }
  function keepPhoto(question, file) {
    var item = itemOf(question);
    return shrink(file).then(function (blob) {
      photos[item] = blob;
      question.querySelector(".photo-thumb").removeAttribute("src");
      paint(question);
      return Rounds.putPhoto({ key: round.id + " " + item, round: round.id, item: item, blob: blob, sent: false });
    });
  }

  // --- finishing -------------------------------------------------------------------------------------------------------

  function say(text, place) {
    notice.hidden = !text;
    notice.querySelector("p").textContent = text;
    if (!text) return;
    if (place) { place.classList.add("needs-look"); place.insertBefore(notice, place.firstChild); }
    notice.scrollIntoView({ block: "center" });
    notice.focus({ preventScroll: true });
  }
  function heard(place) { if (place.contains(notice)) { place.classList.remove("needs-look"); say(""); } }
  // What became of this round, now or as soon as the network is back; gives where it can be read once it has arrived.
  function told(results) {
    var own = results.filter(function (each) { return each.id === round.id; })[0], button = form.querySelector("button[type=submit]");
    if (!own) return null;
    if (own.refused) { round.state = "OPEN"; save(); button.disabled = false; say(own.refused); }
    state.textContent = "";
    return own;
  }
  function finish(event) {
    event.preventDefault();
    form.querySelectorAll(".needs-look").forEach(function (each) { each.classList.remove("needs-look"); });
    if (!form.elements.area_code.value) { say(words("area-missing"), form.querySelector(".round-head")); return; }
    for (var index = 0; index < questions.length; index += 1) {
      var value = valueOf(questions[index]);
      if (!value) { say(words("unanswered"), questions[index]); return; }
      if (scored && isLow(value) && !photos[itemOf(questions[index])]) { say(words("photo-missing"), questions[index]); return; }
    }
    say("");
    round.finished = today() < round.started ? round.started : today();
    round.state = "WAITING";
    save().then(function () { return Rounds.send(); }).then(function (sent) {
      var own = told(sent.results);
      if (own && own.url) location.assign(own.url);
      if (own) return;
      form.querySelector("button[type=submit]").disabled = true;
      state.textContent = words("kept");
      state.scrollIntoView({ block: "center" });
    });
  }

  // --- this page without network ------------------------------------------------------------------------------------------

  function keepPage() {
    if (!navigator.serviceWorker || !window.caches) return;
    navigator.serviceWorker.register(words("keeper"), { scope: words("keeper").replace("keeper.js", "") }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function () { return caches.open("fairfloor-rounds"); }).then(function (cache) {
      var parts = [location.pathname, words("icons")];
      document.querySelectorAll("link[rel=stylesheet]").forEach(function (each) { parts.push(each.href); });
      document.querySelectorAll("script[src]").forEach(function (each) { parts.push(each.src); });
      return cache.addAll(parts);
    }).then(function () { if (!state.textContent) state.textContent = words("offline"); form.setAttribute("data-ready", "1"); }).catch(function () { return null; });
  }

  function begin(found) {
    var user = words("user"), code = words("checklist"), version = words("version");
    round = found.filter(function (each) { return each.user === user && each.checklist === code && each.version === version && each.state !== "WAITING"; })[0];
    if (!round) {
      round = { id: mint(), user: user, checklist: code, version: version, url: location.pathname, name: document.title.split(" – ")[0], area: form.elements.area_code.value, started: form.elements.started_date.value, finished: "", answers: {}, state: "OPEN" };
      // A phone without network shows the page as it was kept, with the day it was kept on.
      if (!navigator.onLine) round.started = today();
      return null;
    }
    round.state = "OPEN"; round.message = "";
    if (round.area) form.elements.area_code.value = round.area;
    questions.forEach(function (question) {
      var said = round.answers[itemOf(question)];
      if (!said) return;
      var button = question.querySelector('input[type=radio][value="' + said.value + '"]');
      if (button) button.checked = true;
      question.querySelector("textarea").value = said.words || "";
    });
    if (Object.keys(round.answers).length) state.textContent = words("resumed");
    return Rounds.photosOf(round.id).then(function (kept) { kept.forEach(function (each) { photos[each.item] = each.blob; }); });
  }

  Rounds.all().then(begin).then(function () {
    form.elements.client_id.value = round.id;
    questions.forEach(paint);
    progress();
    form.addEventListener("change", function (event) {
      var question = event.target.closest(".question");
      if (!question) { save(); heard(form.querySelector(".round-head")); return; }
      if (event.target.type === "file") { if (event.target.files[0]) keepPhoto(question, event.target.files[0]).then(function () { heard(question); }); return; }
      keepAnswer(question); paint(question); progress();
      heard(question);
    });
    form.addEventListener("submit", finish);
    document.addEventListener("rounds-sent", function (event) { if (round.state === "WAITING") told(event.detail); });
    form.setAttribute("data-live", "1");
    keepPage();
  }).catch(function () { return null; }); // no store on this phone: the plain form works
})();
