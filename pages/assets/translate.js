// Streamlit has no translations: replace its English words where they appear, by the dictionary given as `translations`.
// Only whole texts are replaced, never parts of a sentence, and never inside what the pages themselves have written.
(translations) => {
  const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "title", "data-title", "placeholder", "alt"];
  const OURS = 'script, style, code, textarea, canvas, [data-testid="stMarkdownContainer"], [data-testid="stTable"]';
  const STREAMLITS = '[data-testid="stFileUploader"], [role="dialog"]'; // its own words in a Markdown container
  const texts = new Map(Object.entries(translations.texts));
  const patterns = Object.entries(translations.patterns).map(([english, german]) => [new RegExp(`^${english}$`), german]);

  const german = (text) => {
    const english = text.trim();
    if (texts.has(english)) return text.replace(english, () => texts.get(english));
    const match = patterns.find(([pattern]) => pattern.test(english));
    return match ? text.replace(english, () => english.replace(...match)) : text;
  };
  const translateText = (node) => {
    const parent = node.parentElement;
    if (parent?.closest(OURS) && !parent.closest(STREAMLITS)) return;
    const translated = german(node.data);
    if (translated !== node.data) node.data = translated;
  };
  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const translated = value && german(value);
      if (translated !== value) element.setAttribute(name, translated);
    }
  };
  const translate = (node) => (node.nodeType === Node.TEXT_NODE ? translateText(node) : translateAttributes(node));
  // What stands inside a drawing is ours: a chart has thousands of marks, and to look at each takes as long as to draw them.
  const drawn = (node) => (node.ownerSVGElement ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const translateTree = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, drawn);
    if (root.nodeType === Node.TEXT_NODE || root.nodeType === Node.ELEMENT_NODE) translate(root);
    while (walker.nextNode()) translate(walker.currentNode);
  };
  const translateChange = (change) => {
    if (change.type === "childList") change.target instanceof SVGElement || change.addedNodes.forEach(translateTree);
    else translate(change.target);
  };

  const whatToWatch = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };
  new MutationObserver((changes) => changes.forEach(translateChange)).observe(document.documentElement, whatToWatch);
}
