// What does not fit into a narrow window (WCAG 1.4.10): sticks out, is cut off, or scrolls where no keyboard gets to.
() => {
  const main = document.querySelector('[data-testid="stMain"]') ?? document.body;
  const told = (element, fault) => `${fault}: ${element.tagName} ${element.className} »${element.textContent.slice(0, 60)}«`;
  const isForReadersOnly = (element) => element.closest(".jv-table thead") || element.clientWidth <= 1;
  const scrollsSideways = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const isNamed = (element) => element.tabIndex >= 0 && element.matches("figure, [role=region], [role=group]") && element.ariaLabel;
  const found = [];
  for (const [name, element] of Object.entries({ Seite: document.documentElement, Inhalt: main })) {
    const over = element.scrollWidth - element.clientWidth;
    if (over > 0) found.push(`${name} ist ${over} Pixel breiter als das Fenster`);
  }
  for (const element of main.querySelectorAll("*")) {
    const isWide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth;
    if (!isWide || !element.checkVisibility({ opacityProperty: true }) || isForReadersOnly(element)) continue;
    const { overflowX, display } = getComputedStyle(element);
    if (display === "inline" || element.closest("svg, .plotly, canvas")) continue;
    if (scrollsSideways(element)) {
      if (!isNamed(element)) found.push(told(element, "Ohne Namen oder Tastatur zu verschieben"));
    } else if (overflowX !== "visible" && element.textContent.trim()) found.push(told(element, "Abgeschnitten"));
  }
  return found;
}
