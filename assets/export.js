// The picture is drawn and saved in the browser, so the server needs none.
(function () {
  "use strict";

  var LARGEST = 16000; // pixels; beyond it browsers return an empty canvas

  function offScreen(width, height) {
    var box = document.createElement("div");
    box.setAttribute("aria-hidden", "true");
    box.style.cssText = "position:fixed;left:-99999px;top:0;width:" + width + "px;height:" + height + "px";
    document.body.appendChild(box);
    return box;
  }

  function download(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  async function save(sheet) {
    if (!sheet) {
      return window.dash_clientside.no_update;
    }
    var box = offScreen(sheet.width, sheet.height);
    try {
      await window.Plotly.newPlot(box, sheet.figure.data, sheet.figure.layout, {
        topojsonURL: sheet.topojson,
        staticPlot: true,
        showSendToCloud: false,
      });
      var format = sheet.format || "png";
      var scale = format === "svg" ? 1 : Math.min(sheet.scale || 2, LARGEST / Math.max(sheet.width, sheet.height));
      var address = await window.Plotly.toImage(box, {
        format: format,
        width: sheet.width,
        height: sheet.height,
        scale: scale,
      });
      if (address.length < 1000) {
        throw new Error("the browser returned an empty picture");
      }
      var name = sheet.name.replace(/\.png$/, "." + format);
      download(address, name);
      return "Saved " + name;
    } catch (error) {
      var why = error && error.message ? error.message : String(error);
      return "The picture could not be made (" + why + "). Try again with fewer countries chosen.";
    } finally {
      window.Plotly.purge(box);
      box.remove();
    }
  }

  function keep(file) {
    if (!file) {
      return window.dash_clientside.no_update;
    }
    var address = URL.createObjectURL(new Blob([file.text], { type: file.type + ";charset=utf-8" }));
    download(address, file.name);
    window.setTimeout(function () {
      URL.revokeObjectURL(address);
    }, 60000);
    return "Saved " + file.name;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { picture: { save: save, keep: keep } });
})();
