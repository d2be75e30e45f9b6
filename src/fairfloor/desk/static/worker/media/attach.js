// Photos and a voice note for a form. The editor and the recorder are fetched when somebody wants them.
(function () {
  "use strict";
  var MOST_PHOTOS = 4, MOST_BYTES = 15 * 1024 * 1024;
  var fetched = {};
  function script(address) {
    if (!fetched[address]) {
      fetched[address] = new Promise(function (done, fail) {
        var tag = document.createElement("script");
        tag.src = address;
        tag.onload = done;
        tag.onerror = function () { delete fetched[address]; fail(new Error("not fetched")); };
        document.head.appendChild(tag);
      });
    }
    return fetched[address];
  }
  // randomUUID needs a secure page.
  function mint() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function hasMicrophone() {
    return !!(window.isSecureContext && window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  }

  function setUp(box) {
    var form = box.closest("form"), input = box.querySelector("input[type=file]"), words = box.dataset;
    var list = box.querySelector("[data-list]"), status = box.querySelector("[data-say]");
    var takeButton = box.querySelector("[data-take]"), voiceButton = box.querySelector("[data-voice]");
    var items = [];
    if (!window.fetch || !window.Promise || !HTMLCanvasElement.prototype.toBlob) return;

    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = words.css;
    document.head.appendChild(style);
    input.removeAttribute("name"); // what is sent comes from the list below, made small and without its name
    box.classList.add("attach-on");
    box.querySelector("[data-tools]").hidden = false;

    function say(name) { status.textContent = name ? words[name] || "" : ""; }
    function photos() { return items.filter(function (one) { return one.kind === "PHOTO"; }).length; }
    function hasVoice() { return items.some(function (one) { return one.kind === "VOICE"; }); }
    function show() {
      takeButton.hidden = photos() >= MOST_PHOTOS;
      voiceButton.hidden = !hasMicrophone() || hasVoice();
    }
    function add(kind, blob) {
      var item = { id: mint(), kind: kind, blob: blob, address: URL.createObjectURL(blob) };
      var row = box.querySelector("template[data-row]").content.cloneNode(true).firstElementChild;
      var view = document.createElement(kind === "PHOTO" ? "img" : "audio");
      view.src = item.address;
      if (kind === "PHOTO") view.alt = words.photo; else { view.controls = true; view.setAttribute("aria-label", words.voice); }
      row.insertBefore(view, row.firstChild);
      row.querySelector("button").addEventListener("click", function () {
        items.splice(items.indexOf(item), 1);
        URL.revokeObjectURL(item.address);
        row.remove();
        show();
        say("removed");
        (kind === "PHOTO" ? takeButton : voiceButton).focus();
      });
      items.push(item);
      list.appendChild(row);
      show();
      say("added");
    }
    function dialog(name) {
      var made = box.querySelector("template[data-dialog=" + name + "]").content.cloneNode(true).firstElementChild;
      document.body.appendChild(made);
      if (made.showModal) made.showModal(); else made.setAttribute("open", "");
      return made;
    }

    takeButton.addEventListener("click", function () { input.click(); });
    input.addEventListener("change", async function () {
      var files = Array.prototype.slice.call(input.files, 0, MOST_PHOTOS - photos());
      input.value = "";
      say("opening");
      try { await script(words.photoScript); } catch (e) { say("offline"); return; }
      say("");
      for (var i = 0; i < files.length; i++) {
        if (files[i].size > MOST_BYTES) { say("large"); continue; }
        var blob = await window.PhotoEditor.edit(files[i], function () { return dialog("photo"); });
        if (blob) add("PHOTO", blob);
      }
      takeButton.focus();
    });
    voiceButton.addEventListener("click", async function () {
      try { await script(words.voiceScript); } catch (e) { say("offline"); return; }
      var blob = await window.VoiceRecorder.record(dialog("voice"));
      if (blob) add("VOICE", blob); else voiceButton.focus();
    });

    function files(isReply) {
      // The page with the receipt asks after them.
      var noted = { receipt: words.replyTo, list: items.map(function (one) { return { id: one.id, size: one.blob.size }; }) };
      try { sessionStorage.setItem("fairfloor.files", JSON.stringify(noted)); } catch (e) { /* forbidden */ }
      return items.map(function (one) { return { client_id: one.id, kind: one.kind, blob: one.blob, reply: isReply }; });
    }
    // A form that goes through the outbox gives it what is to follow the words.
    form.addEventListener("outbox:collect", function (event) {
      if (items.length) event.detail.files = event.detail.files.concat(files(Boolean(words.replyTo)));
    });

    function again(message) {
      status.textContent = message;
      delete form.dataset.sending;
      var buttons = form.id ? document.querySelectorAll('button[form="' + form.id + '"], #' + form.id + " button") : form.querySelectorAll("button");
      Array.prototype.forEach.call(buttons, function (button) { button.removeAttribute("aria-busy"); });
    }
    async function sendWords() {
      var fields = {};
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") fields[name] = value; });
      if (words.replyTo) {
        var said = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), credentials: "same-origin" });
        if (!said.ok) throw { message: words.again };
        return { receipt: words.replyTo, url: said.url, reply: true };
      }
      var response = await fetch(form.action, {
        method: "POST", body: JSON.stringify(fields), credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json" }
      });
      var answer = await response.json();
      if (response.ok) return answer;
      var problems = Object.keys(answer.fields || {}).map(function (name) { return answer.fields[name].join(" "); });
      throw { message: problems.join(" ") || answer.message || words.again };
    }
    form.addEventListener("submit", async function (event) {
      // With the outbox on the page the form goes through it, which asks for the files (see above).
      if (!items.length || event.defaultPrevented || (form.hasAttribute("data-outbox") && window.Outbox)) return;
      event.preventDefault();
      say("sending");
      var answer, address;
      try {
        if (!window.Outbox) { await script(words.storeScript); await script(words.outboxScript); }
        answer = await sendWords();
      } catch (problem) {
        again(problem instanceof Error || !problem.message ? words.offline : problem.message);
        return;
      }
      // The words have arrived. Nothing that happens to the files now stands between the writer and the receipt.
      address = answer.url;
      try {
        await window.Outbox.add({ id: mint(), url: form.action, kind: "files", label: document.title, receipt: answer.receipt, filesUrl: words.files, files: files(Boolean(answer.reply)) });
      } catch (full) {
        try { sessionStorage.removeItem("fairfloor.files"); } catch (e) { /* forbidden */ }
        address = address.split("#")[0] + "?photo=full";
      }
      if (new URL(address, location.href).href.split("#")[0] === location.href.split("#")[0]) location.reload(); else location[window.Outbox && window.Outbox.isKiosk() ? "replace" : "assign"](address);
    });
    show();
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-attach]"), setUp);
})();
