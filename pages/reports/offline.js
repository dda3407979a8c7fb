// Draws the charts of an offline Mappe, filters by Jobcenter and sorts tables. Without it drawings and tables stand as they are.
(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told").textContent);
  Plotly.register(told.locale);

  const draw = (place) => {
    if (place.dataset.drawn) return;
    place.dataset.drawn = "1";
    const figure = told.figures[place.dataset.figure];
    place.replaceChildren();
    Plotly.newPlot(place, figure.data, figure.layout, told.config);
  };
  const places = [...document.querySelectorAll(".drawing[data-figure]")];
  const next = () => {
    const place = places.find((entry) => !entry.dataset.drawn && !entry.closest("[hidden]"));
    if (place) { draw(place); setTimeout(next, 0); }
  };
  next();

  const boxes = [...document.querySelectorAll(".filter input")];
  const filter = () => {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const meant = (names) => names.length === 0 || names.some((name) => chosen.has(name));
    document.querySelectorAll("section[data-jobcenter]").forEach((section) => {
      const names = JSON.parse(section.dataset.jobcenter);
      section.hidden = !meant(names);
      const entry = document.querySelector(`nav a[href="#${section.id}"]`);
      if (entry) entry.parentElement.hidden = section.hidden;
    });
    document.querySelectorAll("tr[data-jobcenter]").forEach((row) => {
      const name = row.dataset.jobcenter;
      row.hidden = boxes.some((box) => box.value === name) && !chosen.has(name);
    });
    const all = [...document.querySelectorAll("section[data-jobcenter]")];
    document.getElementById("count").textContent = `${all.filter((entry) => !entry.hidden).length} von ${all.length} Ansichten`;
    next();
    document.querySelectorAll(".drawing[data-drawn]").forEach((place) => { if (!place.closest("[hidden]")) Plotly.Plots.resize(place); });
  };
  boxes.forEach((box) => box.addEventListener("change", filter));

  document.querySelectorAll("th button").forEach((button) => button.addEventListener("click", () => {
    const head = button.closest("th"), body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    head.parentElement.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => { const cell = row.cells[head.cellIndex]; return cell.dataset.value ?? cell.textContent; };
    const rows = [...body.rows].sort((a, b) => {
      const one = key(a), other = key(b), numbers = one !== "" && other !== "" && !isNaN(one) && !isNaN(other);
      return (down ? -1 : 1) * (numbers ? one - other : String(one).localeCompare(String(other), "de", { numeric: true }));
    });
    body.append(...rows);
  }));

  window.addEventListener("beforeprint", () => {
    places.forEach((place) => { if (!place.closest("[hidden]")) draw(place); });
    document.querySelectorAll("details").forEach((entry) => { entry.open = true; });
  });
})();
