"""What the styles of an ODS workbook make of its cells: percent, month, year; and which sheets they hide."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TABLE = f"{{{_NAMESPACE.format('table')}}}"
_ATTRIBUTES = {
    "office": "value-type value date-value boolean-value string-value",
    "table": "name style-name default-cell-style-name formula number-columns-repeated number-rows-repeated display",
    "style": "family data-style-name parent-style-name",
    "text": "c",
}
_QUALIFIED = {
    name: f"{{{_NAMESPACE.format(space)}}}{name}"
    for space, names in _ATTRIBUTES.items()
    for name in names.split()
}
_STYLE_NAME = f"{{{_NAMESPACE.format('style')}}}name"
_NO_MONTH = {"day", "day-of-week", "week-of-year", "quarter", "hours", "minutes", "seconds"}


def named(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute of OpenDocument itself by its bare name; "" where it is missing."""
    return element.get(_QUALIFIED[name], "")


class OdsStyles:
    """The styles declared so far. `kinds`: cell style → "percent", "month" or "year"; `hidden`: table styles
    that are not displayed."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._formats: dict[str, str] = {}

    def add_from(self, elements: Iterable[Element]) -> None:
        """Add the styles among `elements`; a later one of the same name replaces the earlier."""
        seen = list(elements)
        for element in seen:
            if named(element) in ("date-style", "percentage-style"):
                self._formats[element.get(_STYLE_NAME, "")] = _kind_of(element)
        for element in seen:
            if named(element) == "style":
                self._add(element)

    def _add(self, element: Element) -> None:
        name, family = element.get(_STYLE_NAME, ""), attribute(element, "family")
        if family == "table" and any(attribute(part, "display") == "false" for part in element):
            self.hidden.add(name)
        if family == "table-cell":
            own, parent = attribute(element, "data-style-name"), attribute(element, "parent-style-name")
            self.kinds[name] = self._formats.get(own, "") if own else self.kinds.get(parent, "")


def _kind_of(data_style: Element) -> str:
    """Return what a percentage or date style makes of a value: "percent", "month", "year" or ""."""
    if named(data_style) == "percentage-style":
        return "percent"
    parts = {named(part) for part in data_style}
    if "year" not in parts or parts & _NO_MONTH:
        return ""
    return "month" if "month" in parts else "year"
