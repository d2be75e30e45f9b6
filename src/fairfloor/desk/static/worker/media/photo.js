// Makes a photo small on the phone and lets the writer cover faces and names before it is sent. Drawing it anew on a
// canvas leaves place, camera and file name behind.
(function () {
  "use strict";
  var LONGEST = 1600, SQUARES = 4, QUALITY = 0.82;

  // How the phone was held, from the EXIF part of a JPEG (1 to 8); browsers before 2020 do not turn a picture themselves.
  function turnOf(bytes) {
    var view = new DataView(bytes), at = 2, end = Math.min(view.byteLength - 12, 65536);
    if (view.byteLength < 12 || view.getUint16(0) !== 0xFFD8) return 1;
    while (at < end) {
      var marker = view.getUint16(at), size = view.getUint16(at + 2);
      if (marker === 0xFFE1 && view.getUint32(at + 4) === 0x45786966) {
        var tiff = at + 10, little = view.getUint16(tiff) === 0x4949, first = tiff + view.getUint32(tiff + 4, little);
        if (first + 2 > view.byteLength) return 1;
        var count = view.getUint16(first, little);
        for (var i = 0; i < count && first + 14 + 12 * i <= view.byteLength; i++) {
          if (view.getUint16(first + 2 + 12 * i, little) === 0x0112) return view.getUint16(first + 10 + 12 * i, little);
        }
        return 1;
      }
      if ((marker & 0xFF00) !== 0xFF00) return 1;
      at += 2 + size;
    }
    return 1;
  }
  async function heldAs(file) {
    if (window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image")) return 1; // the browser turns it
    try { return turnOf(await new Response(file.slice(0, 65536)).arrayBuffer()); } catch (e) { return 1; }
  }
  function load(file) {
    return new Promise(function (done, fail) {
      var image = new Image(), address = URL.createObjectURL(file);
      image.onload = function () { URL.revokeObjectURL(address); done(image); };
      image.onerror = function () { URL.revokeObjectURL(address); fail(new Error("not a picture for this browser")); };
      image.src = address;
    });
  }
  function canvas(width, height) {
    var made = document.createElement("canvas");
    made.width = Math.max(1, Math.round(width));
    made.height = Math.max(1, Math.round(height));
    return made;
  }
  function small(image, turn) {
    var width = image.naturalWidth, height = image.naturalHeight, scale = Math.min(1, LONGEST / Math.max(width, height));
    var w = width * scale, h = height * scale, isSideways = turn >= 5 && turn <= 8;
    var made = isSideways ? canvas(h, w) : canvas(w, h), pen = made.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, made.width, made.height);
    var turns = { 2: [-1, 0, 0, 1, w, 0], 3: [-1, 0, 0, -1, w, h], 4: [1, 0, 0, -1, 0, h], 5: [0, 1, 1, 0, 0, 0], 6: [0, 1, -1, 0, h, 0], 7: [0, -1, -1, 0, h, w], 8: [0, -1, 1, 0, 0, w] };
    if (turns[turn]) pen.setTransform.apply(pen, turns[turn]);
    pen.drawImage(image, 0, 0, w, h);
    return made;
  }
  // Blocks so large that a face is five of them across, and each a mean of many points: nobody gets a face back out.
  function covered(picture) {
    var block = Math.max(picture.width, picture.height) / 25;
    var tiny = canvas(picture.width / block, picture.height / block), step = picture;
    while (step.width / 2 > tiny.width) { // halved again and again, so that each block is a mean and not one point
      var half = canvas(step.width / 2, step.height / 2);
      half.getContext("2d").drawImage(step, 0, 0, half.width, half.height);
      step = half;
    }
    tiny.getContext("2d").drawImage(step, 0, 0, tiny.width, tiny.height);
    var made = canvas(picture.width, picture.height), pen = made.getContext("2d");
    pen.imageSmoothingEnabled = false;
    pen.drawImage(tiny, 0, 0, made.width, made.height);
    return made;
  }

  function edit(file, openDialog) {
    return Promise.all([load(file), heldAs(file)]).then(function (found) {
      return inDialog(openDialog(), small(found[0], found[1]));
    }, function () { return unseen(openDialog(), file); });
  }

  function close(dialog) {
    if (dialog.close) dialog.close();
    dialog.remove();
  }
  function steps(dialog, name) {
    Array.prototype.forEach.call(dialog.querySelectorAll("[data-step]"), function (part) { part.hidden = part.dataset.step.split(" ").indexOf(name) < 0; });
  }
  // A picture this browser cannot show (HEIC on Android): the factory can, but nothing can be covered here.
  function unseen(dialog, file) {
    return new Promise(function (done) {
      function finish(result) { close(dialog); done(result); }
      steps(dialog, "unseen");
      dialog.addEventListener("cancel", function () { finish(null); });
      dialog.addEventListener("click", function (event) {
        var button = event.target.closest("[data-do]");
        if (button) finish(button.dataset.do === "anyway" ? file.slice(0, file.size, "application/octet-stream") : null);
      });
    });
  }

  function inDialog(dialog, picture) {
    return new Promise(function (done) {
      var shown = dialog.querySelector("canvas"), grid = dialog.querySelector("[data-grid]"), pen = shown.getContext("2d");
      var blocks = covered(picture), strokes = [], stroke = null, isOver = false;
      var undo = dialog.querySelector('[data-do="undo"]');
      shown.width = picture.width;
      shown.height = picture.height;
      function stamp(point) {
        pen.save();
        pen.beginPath();
        if (point.w) pen.rect(point.x, point.y, point.w, point.h); else pen.arc(point.x, point.y, Math.max(picture.width, picture.height) / 16, 0, 7);
        pen.clip();
        pen.drawImage(blocks, 0, 0);
        pen.restore();
      }
      function draw() {
        pen.drawImage(picture, 0, 0);
        strokes.forEach(function (points) { points.forEach(stamp); });
        undo.disabled = !strokes.length;
        dialog.querySelector("[data-count]").textContent = strokes.length || "";
      }
      function put(points) { strokes.push(points); draw(); }
      function place(event) {
        var frame = shown.getBoundingClientRect();
        return { x: (event.clientX - frame.left) * picture.width / frame.width, y: (event.clientY - frame.top) * picture.height / frame.height };
      }
      // A finger moves faster than the browser tells: the way between two points is covered too.
      function along(from, to) {
        var step = Math.max(picture.width, picture.height) / 40, far = Math.hypot(to.x - from.x, to.y - from.y), made = [];
        for (var way = step; way < far; way += step) made.push({ x: from.x + (to.x - from.x) * way / far, y: from.y + (to.y - from.y) * way / far });
        made.push(to);
        return made;
      }
      function start(event) {
        if (!grid.hidden) return;
        event.preventDefault();
        if (shown.setPointerCapture) shown.setPointerCapture(event.pointerId);
        steps(dialog, "tools");
        stroke = [place(event)];
        put(stroke);
      }
      function move(event) {
        if (!stroke) return;
        event.preventDefault();
        along(stroke[stroke.length - 1], place(event)).forEach(function (point) { stroke.push(point); stamp(point); });
      }
      function end() { stroke = null; }
      shown.addEventListener("pointerdown", start);
      shown.addEventListener("pointermove", move);
      shown.addEventListener("pointerup", end);
      shown.addEventListener("pointercancel", end);

      for (var row = 0; row < SQUARES; row++) {
        for (var column = 0; column < SQUARES; column++) {
          (function (row, column) {
            var square = document.createElement("button");
            square.type = "button";
            square.setAttribute("aria-label", grid.dataset.word + " " + (row + 1) + " / " + (column + 1));
            square.addEventListener("click", function () {
              put([{ x: column * picture.width / SQUARES, y: row * picture.height / SQUARES, w: picture.width / SQUARES, h: picture.height / SQUARES }]);
            });
            grid.appendChild(square);
          })(row, column);
        }
      }
      function finish(result) {
        if (isOver) return;
        isOver = true;
        close(dialog);
        done(result);
      }
      function add() { shown.toBlob(function (blob) { finish(blob); }, "image/jpeg", QUALITY); }
      var acts = {
        cover: function () { steps(dialog, "tools"); dialog.querySelector('[data-do="done"]').focus(); },
        none: add,
        done: add,
        undo: function () { strokes.pop(); draw(); },
        all: function () { put([{ x: 0, y: 0, w: picture.width, h: picture.height }]); },
        grid: function () { grid.hidden = !grid.hidden; if (!grid.hidden) grid.firstElementChild.focus(); },
        cancel: function () { finish(null); }
      };
      dialog.addEventListener("click", function (event) {
        var button = event.target.closest("[data-do]");
        if (button && acts[button.dataset.do]) acts[button.dataset.do]();
      });
      dialog.addEventListener("cancel", function () { finish(null); });
      steps(dialog, "ask");
      draw();
    });
  }
  window.PhotoEditor = { edit: edit };
})();
