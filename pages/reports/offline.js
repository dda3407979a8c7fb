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
    Plotly.newPlot(place, figure.data, structuredClone(figure.layout), told.config); // Plotly forgets its own height in a resized window
  };
  const places = [...document.querySelectorAll(".drawing[data-figure]")];
  const next = () => {
    const place = places.find((entry) => !entry.dataset.drawn && !entry.closest("[hidden]"));
    if (place) { draw(place); setTimeout(next, 0); }
  };
  next();

  // What is wider than a small window scrolls inside itself; the keyboard must get there.
  const reach = ({ target }) => target.toggleAttribute("tabindex", target.scrollWidth > target.clientWidth) && (target.tabIndex = 0);
  const sizes = new ResizeObserver((entries) => entries.forEach(reach));
  document.querySelectorAll("figure").forEach((figure) => sizes.observe(figure));

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

  // Presentation: one view fills the screen, one too tall for it in parts; → ← move, Esc ends.
  const slides = [document.querySelector("header"), ...document.querySelectorAll("main > section")].flatMap((page) => {
    const parts = [...page.querySelectorAll(".part")];
    return parts.length ? parts.map((part) => ({ page, part })) : [{ page, part: null }];
  });
  const counter = document.getElementById("zaehler");
  let at = -1;
  const fill = ({ page, part }) => {
    page.querySelectorAll(".part").forEach((entry) => { entry.hidden = entry !== part; });
    page.classList.toggle("parted", part !== null);
    const room = (place) => Math.max(220, window.innerHeight - place.getBoundingClientRect().top - page.querySelector(".notes").offsetHeight - 84);
    if (part) { if (part.firstElementChild.tagName === "svg") part.firstElementChild.style.maxHeight = `${room(part)}px`; return; }
    const place = page.querySelector(".drawing[data-figure]");
    if (!place) return;
    draw(place);
    place.style.zoom = ""; // what follows measures without it
    const figure = told.figures[place.dataset.figure], wide = place.clientWidth, natural = figure.layout.height, high = room(place);
    const lying = figure.data.some((trace) => trace.orientation === "h"); // whose names stand between the bars
    const fitting = high / (natural * (lying ? 0.8 : 0.62)); // a bit lower does no harm, larger type helps
    const tall = fitting < 1; // it scrolls: ↓ ↑
    const scale = tall ? Math.max(1, Math.min(wide / 560, 1.5)) : Math.min(fitting, wide / 560, natural > high ? 1.6 : 2);
    const height = tall ? natural : Math.min(natural, high / scale);
    place.style.zoom = scale;
    Plotly.relayout(place, { width: Math.floor(wide / scale), height });
  };
  const plain = ({ page }) => {
    page.querySelectorAll(".part").forEach((entry) => { entry.hidden = true; });
    page.classList.remove("parted");
    const place = page.querySelector(".drawing[data-drawn]");
    if (!place) return;
    place.style.zoom = "";
    const figure = told.figures[place.dataset.figure];
    Plotly.relayout(place, { width: null, height: figure.layout.height, autosize: true });
  };
  const shown = () => slides.filter(({ page }) => !page.hidden);
  const show = (number) => {
    const visible = shown();
    if (at >= 0 && slides[at]) { slides[at].page.classList.remove("current"); plain(slides[at]); }
    const place = Math.max(0, Math.min(number, visible.length - 1));
    at = slides.indexOf(visible[place]);
    slides[at].page.classList.add("current");
    counter.textContent = `${place + 1} / ${visible.length}`;
    window.scrollTo(0, 0);
    fill(slides[at]);
  };
  const step = (by) => show(shown().indexOf(slides[at]) + by);
  const presenting = () => document.body.classList.contains("praesentation");
  const begin = (event) => {
    document.body.classList.add("praesentation");
    if (event && document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
    show(0);
  };
  const end = () => {
    const last = slides[at];
    document.body.classList.remove("praesentation");
    slides.forEach((slide) => { slide.page.classList.remove("current"); plain(slide); });
    at = -1;
    if (document.fullscreenElement) document.exitFullscreen();
    if (last) last.page.scrollIntoView();
  };
  document.getElementById("praesentieren").addEventListener("click", begin);
  document.addEventListener("keydown", (event) => {
    if (!presenting() || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (move) { event.preventDefault(); step(move); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") slides[at].page.scrollBy(0, event.key === "ArrowDown" ? 200 : -200);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length);
    else if (event.key === "Escape") end();
  });
  document.addEventListener("fullscreenchange", () => {
    if (!presenting()) return;
    if (document.fullscreenElement) { began = true; fill(slides[at]); }
    else if (began) { began = false; end(); }
  });
  let began = false;
  const refill = () => { if (presenting()) fill(slides[at]); };
  window.addEventListener("resize", () => { refill(); setTimeout(refill, 300); }); // Plotly fits its charts a moment later
  if (new URLSearchParams(location.search).has("praesentation")) begin(null);

  window.addEventListener("beforeprint", () => {
    places.forEach((place) => { if (!place.closest("[hidden]")) draw(place); });
    document.querySelectorAll("details").forEach((entry) => { entry.open = true; });
  });
})();
