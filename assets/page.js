// What only the browser can do: theme, measured width, keys, the sample menu, a lost connection.
(function () {
  "use strict";

  var MOST_CHARACTERS = 2000000;
  var KEY = "itinerary-reader-theme";
  var CAN_NOT_REACH =
    "The page cannot reach its program. Your text is still in the box. Start the program again, then press “Read the trip”.";
  var BROKEN =
    "The program could not answer. Your text is still in the box. Try again, or try a shorter part of the text.";
  var LARGEST_FILE = 8000000; // bytes; in base 64 it still fits into one request
  var TOO_LARGE = " is larger than 8 MB. Give the part of it that tells of the trip, or paste its text.";
  var NO_FILE = " could not be opened. Choose it again, or paste its text.";
  var TOO_LONG = "The text is longer than two million characters. Give a shorter part of it.";

  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var lost = false;

  function set(id, props) {
    window.dash_clientside.set_props(id, props);
  }

  function element(id) {
    return document.getElementById(id);
  }

  function chosen() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // storage may be switched off
    }
  }

  function keep(name) {
    try {
      window.localStorage.setItem(KEY, name);
    } catch (error) {
      // the choice then lasts until the page is closed
    }
  }

  function current() {
    var kept = chosen();
    return kept === "dark" || kept === "light" ? kept : dark.matches ? "dark" : "light";
  }

  function apply(name) {
    document.documentElement.dataset.theme = name;
    return [name, name === "dark" ? "Light mode" : "Dark mode"];
  }

  // Before anything is painted, so that a dark page does not flash.
  apply(current());

  dark.addEventListener("change", function () {
    if (!chosen()) {
      var now = apply(current());
      set("theme", { data: now[0] });
      set("theme-button", { children: now[1] });
    }
  });

  function isTooLong(text) {
    // A cheap look first: code units are never fewer than characters.
    return text.length > MOST_CHARACTERS && Array.from(text).length > MOST_CHARACTERS;
  }

  function listen() {
    document.addEventListener(
      "click",
      function (event) {
        var button = event.target.closest ? event.target.closest("#read") : null;
        if (button && isTooLong(element("text").value)) {
          event.stopImmediatePropagation();
          event.preventDefault();
          set("message", { children: TOO_LONG });
        }
      },
      true
    );
    document.addEventListener("keydown", function (event) {
      var id = event.target.id;
      var send = event.key === "Enter" && (event.ctrlKey || event.metaKey || id === "published");
      if (send && (id === "text" || id === "published")) {
        event.preventDefault();
        element("read").click();
      }
    });
    document.addEventListener("change", function (event) {
      if (event.target.id === "sample-menu" && event.target.value !== "") {
        set("sample", { data: { number: Number(event.target.value), at: Date.now() } });
      }
    });
    listenForFiles();
    listenToText();
    document.addEventListener("change", function (event) {
      if (event.target.id === "export-menu" && event.target.value !== "") {
        set("export-as", { data: { ending: event.target.value, at: Date.now() } });
        event.target.value = "";
      }
    });
    document.addEventListener("input", function (event) {
      if (event.target.id === "text") {
        element("sample-menu").value = "";
      }
    });
  }

  // A file is chosen with the button or dropped on the text. The server reads it: here it is only carried.
  function listenForFiles() {
    var chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = ".txt,.md,.html,.htm,.pdf,.docx,.eml,.json,.geojson,.csv";
    chooser.hidden = true;
    chooser.id = "file-chooser";
    document.body.appendChild(chooser);
    chooser.addEventListener("change", function () {
      carry(chooser.files[0]);
      chooser.value = "";
    });
    document.addEventListener("click", function (event) {
      if (event.target.id === "file-button") {
        chooser.click();
      }
    });
    ["dragover", "drop"].forEach(function (kind) {
      document.addEventListener(kind, function (event) {
        var files = event.dataTransfer && Array.from(event.dataTransfer.types).indexOf("Files") >= 0;
        if (!files) {
          return;
        }
        event.preventDefault(); // else the browser would leave the page for the file
        if (kind === "drop") {
          carry(event.dataTransfer.files[0]);
        }
      });
    });
  }

  // What is marked in the text says what it was taken for, and selects its stop everywhere.
  function listenToText() {
    function tell(mark) {
      set("said", { children: mark.dataset.said });
      if (mark.dataset.stop) {
        set("selected", { data: Number(mark.dataset.stop) });
      }
    }
    function markOf(event) {
      return event.target.closest ? event.target.closest("#text-marked .told") : null;
    }
    document.addEventListener("click", function (event) {
      var mark = markOf(event);
      if (mark) {
        tell(mark);
      }
    });
    document.addEventListener("keydown", function (event) {
      var mark = event.key === "Enter" || event.key === " " ? markOf(event) : null;
      if (mark) {
        event.preventDefault();
        tell(mark);
      }
    });
  }

  // Show in the text where a stop is named, without moving the page.
  function markText(selected) {
    var box = element("text-marked");
    var first = null;
    Array.from(box.querySelectorAll(".told")).forEach(function (mark) {
      var is = selected !== null && selected !== undefined && mark.dataset.stop === String(selected);
      mark.classList.toggle("selected", is);
      first = is && !first && mark.classList.contains("stop") ? mark : first;
    });
    if (first && !box.contains(document.activeElement)) {
      box.scrollTop = first.offsetTop - box.offsetTop - box.clientHeight / 3;
    }
  }

  function carry(file) {
    if (!file) {
      return;
    }
    if (file.size > LARGEST_FILE) {
      set("message", { children: file.name + TOO_LARGE });
      return;
    }
    var reader = new FileReader();
    reader.onload = function () {
      element("sample-menu").value = "";
      var content = String(reader.result);
      content = content.slice(content.indexOf(",") + 1);
      set("file", { data: { name: file.name, content: content, at: Date.now() } });
    };
    reader.onerror = function () {
      set("message", { children: file.name + NO_FILE });
    };
    reader.readAsDataURL(file);
  }

  function describe() {
    var menu = element("sample-menu");
    menu.value = "0";
    element("text").setAttribute("aria-describedby", "message");
    element("published").setAttribute("aria-describedby", "published-help message");
  }

  function watch(body) {
    var width = body.clientWidth;
    var timer = null;
    new ResizeObserver(function () {
      if (Math.abs(body.clientWidth - width) < 4) {
        return;
      }
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        width = body.clientWidth;
        set("width", { data: width - 2 });
      }, 150);
    }).observe(body);
  }

  // Plotly takes half a second to start. It starts as soon as the words stand, while the server still draws;
  // the graphs wait for whatever stands in window.Plotly, be it only the promise of it.
  function startPlotly() {
    if (window.Plotly) {
      return;
    }
    window.Plotly = new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = "/_dash-component-suites/plotly/package_data/plotly.min.js";
      script.onload = resolve;
      script.onerror = reject;
      document.body.appendChild(script);
    });
  }

  function onceFilled(place, then) {
    new MutationObserver(function (changes, observer) {
      observer.disconnect();
      then();
    }).observe(place, { childList: true });
  }

  var real = window.fetch;
  window.fetch = function (resource) {
    var address = String(resource && resource.url ? resource.url : resource);
    var promise = real.apply(this, arguments);
    if (address.indexOf("_dash-update-component") < 0) {
      return promise;
    }
    return promise.then(
      function (response) {
        if (response.status >= 400) {
          set("message", { children: response.status === 413 ? TOO_LONG : BROKEN });
        } else if (lost) {
          lost = false;
          set("message", { children: "" });
        }
        return response;
      },
      function (error) {
        lost = true;
        set("message", { children: CAN_NOT_REACH });
        throw error;
      }
    );
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      theme: function (clicks) {
        if (clicks) {
          keep(current() === "dark" ? "light" : "dark");
        }
        return apply(current());
      },

      // Called once, when the page stands.
      start: function () {
        var body = element("result-body");
        listen();
        describe();
        watch(body);
        onceFilled(element("result-head"), startPlotly);
        return body.clientWidth - 2; // the card's border
      },

      press: function (hidden, chips) {
        return chips.map(function (chip) {
          return (hidden || []).indexOf(chip.code) < 0 ? "true" : "false";
        });
      },

      mark: function (selected, rows) {
        markText(selected);
        return rows.map(function (row) {
          var is = row.stop === selected;
          var name = JSON.stringify({ kind: "row", stop: row.stop });
          var line = element(name);
          var button = line && line.querySelector("button.pick");
          if (button) {
            button.setAttribute("aria-pressed", String(is));
          }
          return is ? "row selected" : "row";
        });
      },
    },
  });
})();
