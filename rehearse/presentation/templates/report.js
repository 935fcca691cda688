"use strict";
(function () {
  document.documentElement.classList.add("js");
  var COLUMNS = 200;

  // One attempt: its sound, the place in the picture, the word that is heard, and the ways to go elsewhere.
  function Player(box) {
    var audio = box.querySelector("audio");
    var words = box.querySelector(".words[data-times]");
    var spans = words ? Array.from(words.getElementsByTagName("span")) : [];
    var times = words && words.dataset.times ? words.dataset.times.split(" ").map(function (t) { return t / 100; }) : [];
    var length = Number(box.querySelector(".player").dataset.length);
    var wave = box.querySelector(".wave");
    var lit = null;
    var aimed = null;

    function wordAt(second) {
      var low = 0, high = times.length;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (times[middle] <= second + 0.005) { low = middle + 1; } else { high = middle; }
      }
      return low - 1;
    }

    function show(second) {
      if (wave && length > 0) {
        var x = Math.min(second / length, 1) * COLUMNS;
        var here = wave.querySelector(".here");
        here.setAttribute("x1", x);
        here.setAttribute("x2", x);
        wave.querySelector(".heard").setAttribute("width", x);
        wave.classList.add("begun");
      }
      var word = spans[wordAt(second)] || null;
      if (word !== lit) {
        if (lit) { lit.classList.remove("lit"); lit.removeAttribute("aria-current"); }
        if (word) { word.classList.add("lit"); word.setAttribute("aria-current", "true"); }
        lit = word;
      }
    }

    function follow() {
      show(audio.currentTime);
      if (!audio.paused) { requestAnimationFrame(follow); }
    }

    // Before the browser knows the sound, a place set is only where it is to begin: it is set again once it does.
    function seek(second) {
      second = Math.max(0, length > 0 ? Math.min(second, length) : second);
      aimed = audio.readyState > 0 ? null : second;
      audio.currentTime = second;
      show(second);
    }

    function play() {
      var started = audio.play();
      if (started) { started.catch(function () {}); }
    }

    function playFrom(second) { seek(second); play(); }

    audio.addEventListener("loadedmetadata", function () {
      if (aimed !== null && Math.abs(audio.currentTime - aimed) > 0.01) { audio.currentTime = aimed; }
      aimed = null;
    });
    audio.addEventListener("play", function () {
      document.querySelectorAll("audio").forEach(function (other) { if (other !== audio) { other.pause(); } });
      pressed(box.id.slice("attempt-".length), true);
      follow();
    });
    audio.addEventListener("pause", function () { pressed(box.id.slice("attempt-".length), false); });
    audio.addEventListener("seeked", function () { show(audio.currentTime); });

    box.querySelectorAll("[data-at]").forEach(function (button) {
      button.addEventListener("click", function () { playFrom(Number(button.dataset.at)); });
    });
    if (wave) {
      wave.addEventListener("click", function (event) {
        var frame = wave.getBoundingClientRect();
        playFrom((event.clientX - frame.left) / frame.width * length);
      });
    }
    if (words && spans.length) {
      new Words(words, spans, function (place) { playFrom(times[place]); }, function () {
        if (audio.paused) { play(); } else { audio.pause(); }
      });
    }
  }

  // The words are one stop of the Tab key; inside, arrow keys move.
  function Words(box, spans, playFrom, toggle) {
    var current = 0;
    var places = new Map(spans.map(function (span, place) { return [span, place]; }));

    function stop(place, focus) {
      spans[current].removeAttribute("tabindex");
      spans[current].removeAttribute("role");
      current = Math.max(0, Math.min(spans.length - 1, place));
      spans[current].setAttribute("tabindex", "0");
      spans[current].setAttribute("role", "button");
      if (focus) { spans[current].focus(); }
    }

    // The word of the next line that stands nearest below (or above) this one.
    function inLine(way) {
      var here = spans[current].getBoundingClientRect();
      var best = -1, nearest = Infinity, line = null;
      for (var place = current + way; place >= 0 && place < spans.length; place += way) {
        var there = spans[place].getBoundingClientRect();
        if (Math.abs(there.top - here.top) < here.height / 2) { continue; }
        if (line === null) { line = there.top; }
        if (Math.abs(there.top - line) > here.height / 2) { break; }
        var distance = Math.abs((there.left + there.right) - (here.left + here.right));
        if (distance < nearest) { nearest = distance; best = place; }
      }
      return best < 0 ? (way > 0 ? spans.length - 1 : 0) : best;
    }

    stop(0, false);
    box.addEventListener("click", function (event) {
      var place = places.get(event.target);
      if (place !== undefined) { stop(place, true); playFrom(place); }
    });
    box.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey) { return; }
      var forward = getComputedStyle(box).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      var back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
      var moves = {};
      moves[forward] = function () { return current + 1; };
      moves[back] = function () { return current - 1; };
      moves.ArrowDown = function () { return inLine(1); };
      moves.ArrowUp = function () { return inLine(-1); };
      moves.Home = function () { return 0; };
      moves.End = function () { return spans.length - 1; };
      if (moves[event.key]) { stop(moves[event.key](), true); }
      else if (event.key === "Enter") { playFrom(current); }
      else if (event.key === " ") { toggle(); }
      else { return; }
      event.preventDefault();
    });
  }

  var players = new Set();
  function prepare(box) {
    if (!box || players.has(box)) { return; }
    players.add(box);
    if (box.querySelector("audio")) { new Player(box); }
  }

  // Only what is open is made ready: a page of hundreds of attempts opens at once.
  document.querySelectorAll("details.attempt").forEach(function (box) {
    if (box.open) { prepare(box); }
    box.addEventListener("toggle", function () { if (box.open) { prepare(box); } });
  });

  function pressed(number, playing) {
    document.querySelectorAll('[data-play="' + number + '"]').forEach(function (button) {
      button.setAttribute("aria-pressed", String(playing));
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-play]");
    if (!button) { return; }
    var box = document.getElementById("attempt-" + button.dataset.play);
    prepare(box);
    var audio = box.querySelector("audio");
    if (!audio.paused) { audio.pause(); return; }
    var started = audio.play();
    if (started) { started.catch(function () {}); }
  });

  document.querySelectorAll(".pairs").forEach(function (section) {
    var shown = section.querySelector(".pair");
    var first = shown.querySelector(".held");
    var selects = Array.from(section.querySelectorAll("select"));
    function choose() {
      var keys = [selects[0].value + "-" + selects[1].value, selects[1].value + "-" + selects[0].value];
      var found = keys.map(function (key) {
        if (first.dataset.pair === key) { return first; }
        var kept = section.querySelector('template[data-pair="' + key + '"]');
        return kept && kept.content.cloneNode(true);
      }).find(Boolean);
      if (!found) {
        found = document.createElement("p");
        found.textContent = "These are the same attempt: choose two.";
      }
      shown.replaceChildren(found);
      section.querySelector('[role="status"]').textContent = shown.querySelector("p").textContent;
    }
    selects.forEach(function (select) { select.addEventListener("change", choose); });
  });

  document.querySelectorAll("button.all").forEach(function (button) {
    button.addEventListener("click", function () {
      var boxes = document.getElementById(button.getAttribute("aria-controls")).querySelectorAll("details.attempt");
      var open = button.textContent === "Open all";
      boxes.forEach(function (box) { box.open = open; });
      button.textContent = open ? "Close all" : "Open all";
    });
  });

  function openTarget() {
    var box = /^#attempt-\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (box) { box.open = true; box.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
