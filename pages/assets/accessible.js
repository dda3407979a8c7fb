// What Streamlit leaves undone for people who see little or use no mouse. Each part names its criterion of WCAG 2.1.
() => {
  // 4.1.2 Name, role, value: a region that is named must not call itself a decoration; a named tag needs a role.
  const ROLES = { '[data-testid="stFileUploaderDropzone"]': "group", "[data-tag]": "group" };
  // 1.4.10 Reflow: what is wider than the window scrolls inside itself, and the keyboard reaches it.
  const CHART = ".stElementContainer:has(> * > .stPlotlyChart)";
  const BOX = '.react-aria-ComboBox > [role="group"]';

  // 1.4.4 Resize text: a chosen value that its one-line field would crop is written out in full over it (style.css).
  const showWhole = (box) => {
    const input = box.querySelector(":scope > input");
    delete box.dataset.whole; // measured as a plain field, so that the answer does not depend on the last one
    if (input?.value && input.scrollWidth > input.clientWidth) box.dataset.whole = input.value;
  };
  const letScroll = (element) => {
    const title = element.querySelector(".stPlotlyChart")?.ariaLabel?.split(". ")[0] ?? "";
    const named = { tabindex: "0", role: "group", "aria-label": `Diagramm, seitlich verschiebbar: ${title}` };
    const scrolls = element.scrollWidth > element.clientWidth;
    for (const [name, value] of Object.entries(named)) {
      if (scrolls) element.setAttribute(name, value);
      else element.removeAttribute(name);
    }
  };
  const measure = (element) => (element.matches(BOX) ? showWhole(element) : letScroll(element));
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)));
  const mend = (root) => {
    const found = (selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    for (const [selector, role] of Object.entries(ROLES)) {
      for (const element of found(selector)) if (element.getAttribute("role") !== role) element.setAttribute("role", role);
    }
    found(BOX).concat(found(CHART)).forEach((element) => sizes.observe(element));
  };
  const mendChange = ({ type, target, addedNodes }) => {
    if (type === "childList") addedNodes.forEach((node) => node instanceof HTMLElement && mend(node));
    else if (target.matches(`${BOX} > input`)) showWhole(target.parentElement);
  };
  const whatToWatch = { subtree: true, childList: true, attributes: true, attributeFilter: ["value"] };
  new MutationObserver((changes) => changes.forEach(mendChange)).observe(document.documentElement, whatToWatch);

  // 2.1.4 Character key shortcuts: Streamlit computes anew at "r" and "c", which speech input and a slip of the hand press, too.
  const isWritten = (target) => target.closest?.("input, textarea, [contenteditable], [role=listbox], canvas");
  const ignoreLetter = (event) => {
    if (event.isTrusted && /^[rc]$/i.test(event.key) && !isWritten(event.target)) event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", ignoreLetter, true);

  // 1.4.3 Contrast: charts are drawn on the server for light or dark; they are drawn anew when the system changes over.
  const drawAnew = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
  const letGo = () => document.body.dispatchEvent(new KeyboardEvent("keyup", { key: "r", bubbles: true }));
  const onceTheThemeIsIn = () => setTimeout(() => (drawAnew(), letGo()), 100);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onceTheThemeIsIn);
}
