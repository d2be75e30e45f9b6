// A voice note of up to a minute: a warning first, a clock one can see, and hearing it before it is added.
(function () {
  "use strict";
  var LONGEST = 60;
  var KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", ""];

  function kind() {
    return KINDS.filter(function (one) { return !one || !MediaRecorder.isTypeSupported || MediaRecorder.isTypeSupported(one); })[0];
  }

  // Gives the recording, or nothing when the person would rather not.
  function record(dialog) {
    return new Promise(function (done) {
      var recorder = null, stream = null, blob = null, clock = 0, address = "", isOver = false;
      var left = dialog.querySelector("[data-left]"), player = dialog.querySelector("audio"), bar = dialog.querySelector("progress");
      function step(name) {
        Array.prototype.forEach.call(dialog.querySelectorAll("[data-step]"), function (part) { part.hidden = part.dataset.step !== name; });
        var first = dialog.querySelector('[data-step="' + name + '"] button');
        if (first) first.focus();
      }
      function quiet() {
        clearInterval(clock);
        if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
        stream = null;
      }
      function finish(result) {
        if (isOver) return;
        isOver = true;
        if (recorder && recorder.state !== "inactive") { recorder.onstop = null; recorder.stop(); }
        quiet();
        if (address) URL.revokeObjectURL(address);
        if (dialog.close) dialog.close();
        dialog.remove();
        done(result);
      }
      function stop() { if (recorder && recorder.state !== "inactive") recorder.stop(); }
      async function start() {
        var parts = [], ends;
        try {
          stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
          var chosen = kind();
          recorder = new MediaRecorder(stream, chosen ? { mimeType: chosen, audioBitsPerSecond: 32000 } : undefined);
        } catch (e) {
          quiet();
          step("closed");
          return;
        }
        if (isOver) { quiet(); return; }
        recorder.ondataavailable = function (event) { if (event.data && event.data.size) parts.push(event.data); };
        recorder.onstop = function () {
          blob = new Blob(parts, { type: recorder.mimeType || "audio/webm" });
          quiet();
          if (address) URL.revokeObjectURL(address);
          address = URL.createObjectURL(blob);
          player.src = address;
          step("heard");
        };
        ends = performance.now() + LONGEST * 1000;
        function tick() {
          var seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
          left.textContent = seconds;
          bar.value = LONGEST - seconds;
          if (seconds <= 0) stop();
        }
        recorder.start(1000);
        tick();
        clock = setInterval(tick, 200);
        step("recording");
      }
      dialog.addEventListener("click", function (event) {
        var button = event.target.closest("[data-do]");
        if (!button) return;
        if (button.dataset.do === "start") start();
        if (button.dataset.do === "stop") stop();
        if (button.dataset.do === "cancel") finish(null);
        if (button.dataset.do === "add") finish(blob);
      });
      dialog.addEventListener("cancel", function () { finish(null); });
      step("warning");
    });
  }
  window.VoiceRecorder = { record: record };
})();
