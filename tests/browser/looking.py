"""What a page looks like to the browser: colours of texts and grounds, outlines, widths."""

from typing import Any

from selenium import webdriver

CONTRASTS = """
const parse = text => text.match(/[\\d.]+/g).map(Number);
const linear = part => { part /= 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const found = [];
for (const element of document.querySelectorAll("body *")) {
  const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  if (!own || !element.checkVisibility()) continue;
  const style = getComputedStyle(element);
  const pair = [luminance(parse(style.color)), luminance(ground(element))].sort((a, b) => b - a);
  const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
  if (contrast < 4.5) found.push([element.tagName, element.className, element.textContent.slice(0, 40), contrast]);
}
return found;
"""

TOO_WIDE = """
const wide = document.documentElement.clientWidth;
const scrolls = element => element && element !== document.body &&
  (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
return [...document.querySelectorAll("body *")]
  .filter(element => element.checkVisibility() && !element.closest(".unseen, .skip") && !scrolls(element))
  .filter(element => element.getBoundingClientRect().right > wide + 1)
  .map(element => element.tagName + "." + element.className + ": " + element.textContent.slice(0, 40));
"""

FOCUSED = """
const element = document.activeElement;
const style = getComputedStyle(element);
const box = element.getBoundingClientRect();
return {
  name: element.tagName, text: element.textContent.trim().slice(0, 60), href: element.getAttribute("href"),
  outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), colour: style.outlineColor,
  seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
};
"""

SMALL_TARGETS = """
return [...document.querySelectorAll("nav a, .button, summary")]
  .filter(element => element.checkVisibility())
  .map(element => [element.textContent, element.getBoundingClientRect().height])
  .filter(([text, height]) => height < 24);
"""


def faint_texts(driver: webdriver.Chrome) -> list[Any]:
    """Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3)."""
    found: list[Any] = driver.execute_script(CONTRASTS)
    return found


def too_wide(driver: webdriver.Chrome) -> list[str]:
    """Elements that reach beyond the right edge, except in boxes that scroll by themselves."""
    found: list[str] = driver.execute_script(TOO_WIDE)
    return found


def focused(driver: webdriver.Chrome) -> dict[str, Any]:
    """What has the focus, and how it shows."""
    found: dict[str, Any] = driver.execute_script(FOCUSED)
    return found
