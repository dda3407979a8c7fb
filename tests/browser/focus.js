// Why the element in focus could be missed (WCAG 2.4.7, 4.1.2): no outline, out of sight, covered, or nameless.
() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { x, y, width, height } = element.getBoundingClientRect();
  const told = `${element.tagName} ${element.dataset.testid ?? element.className} »${element.ariaLabel ?? element.textContent.slice(0, 40)}«`;
  const middle = [x + width / 2, y + Math.min(height, innerHeight) / 2];
  const top = document.elementFromPoint(...middle);
  const isSeen = top && (element.contains(top) || top.contains(element));
  const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const name = (element.ariaLabel ?? element.textContent ?? "") + (element.labels?.[0]?.textContent ?? "") + (element.title ?? "");
  return [
    ...(element === document.body ? [] : isOutlined ? [] : [`Fokus ohne Rahmen: ${told}`]),
    ...(element === document.body || isSeen ? [] : [`Fokus verdeckt: ${told}`]),
    ...(element === document.body || name.trim() ? [] : [`Fokus ohne Namen: ${told}`]),
  ];
}
