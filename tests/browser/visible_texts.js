// Every text a user can read or hear: visible text, and the attributes that screen readers and tooltips use.
() => {
  const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "title", "data-title", "placeholder", "alt"];
  const NOT_FOR_READERS = 'script, style, noscript, template, code, [data-testid="stIconMaterial"], [lang="en"]';
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(NOT_FOR_READERS) || !element.checkVisibility()) continue;
    if (node === element) ATTRIBUTES.forEach((name) => texts.add((node.getAttribute(name) ?? "").trim()));
    else texts.add(node.data.trim());
  }
  texts.delete("");
  return [...texts];
}
