// Before Send: words that may tell who wrote them are pointed out, on this phone, without the network. Never blocks.
// The patterns are those of suggestions/caution.py; a test holds them together.
(function () {
  "use strict";
  var words = document.querySelector("template[data-caution]");
  if (!words) return;
  var DATES = /\d{4}[-./]\d{1,2}[-./]\d{1,2}/g;
  var PATTERNS = {
    phone: [/(\+?\d[ ().-]{0,2}){8,}/i],
    number: [
      /(工号|员工号|身份证|证件号|employee (no|number|id)|worker (no|number|id)|badge|clock (no|number))[^\d\n]{0,12}\d/i,
      /(número de (empleado|trabajador|ficha)|cédula|\bDNI\b|mã (số )?(nhân viên|công nhân)|số thẻ|CCCD|CMND)[^\d\n]{0,12}\d/i
    ],
    mail: [/[^\s@]+@[^\s@]+\.[a-z]{2,}/i],
    machine: [
      /(machine|workstation|máquina|maquina|puesto|máy|trạm)\s*(no\.?|number|nr\.?|số|n[.º°]+|#)?\s*[a-z]{0,3}[-#]?\d{1,6}/i,
      /(机台|机器|设备|工位|车位)(编号|号)?[是为：:]?\s*[a-z]{0,3}-?\d/i,
      /\d+\s*号(机|车|工位|台位|设备)/i
    ],
    name: [
      /(my name is|i am called|me llamo|mi nombre es|tôi tên|tên tôi|em tên|我叫|我的名字|本人姓)/i,
      /我是(小|老|阿)[\u4e00-\u9fff]/i
    ],
    only: [
      /(i am the only|i'm the only|i’m the only|soy (el|la) únic[oa]|tôi là người duy nhất|chỉ có (mình )?(tôi|em))/i,
      /(只有我|就我一个|我是唯一|唯一的(女|男))/i
    ]
  };

  function found(text) {
    var rest = text.normalize("NFC").replace(DATES, " ");
    return Object.keys(PATTERNS).filter(function (kind) {
      return PATTERNS[kind].some(function (pattern) { return pattern.test(rest); });
    });
  }

  function sendAgain(form) {
    var button = form.querySelector("button:not([type=button])") ||
      (form.id && document.querySelector('button[form="' + form.id + '"]'));
    if (button) button.click();
  }

  var open = null;
  function close() {
    if (open) open.parentNode.removeChild(open);
    open = null;
  }

  function ask(form, field, kinds) {
    close();
    open = document.importNode(words.content, true).firstElementChild;
    Array.prototype.forEach.call(open.querySelectorAll("[data-kind]"), function (line) {
      line.hidden = kinds.indexOf(line.getAttribute("data-kind")) < 0;
    });
    open.querySelector("[data-change]").addEventListener("click", function () { close(); field.focus(); });
    open.querySelector("[data-as-it-is]").addEventListener("click", function () {
      form.setAttribute("data-cautioned", field.value);
      close();
      sendAgain(form);
    });
    field.parentNode.insertBefore(open, field.nextSibling);
    open.focus();
    if (open.scrollIntoView) open.scrollIntoView({ block: "center" });
  }

  // In the capture phase, so that nothing else has begun to send yet.
  document.addEventListener("submit", function (event) {
    var form = event.target, field = form.querySelector && form.querySelector("textarea[name=text]");
    if (!field || form.getAttribute("data-cautioned") === field.value) return;
    var kinds;
    try { kinds = found(field.value); } catch (e) { return; }
    if (!kinds.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, field, kinds);
  }, true);
})();
