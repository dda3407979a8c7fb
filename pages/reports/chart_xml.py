"""A native chart as DrawingML, with its workbook: what PowerPoint opens under »Daten bearbeiten«."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from pages.reports.live import live_format
from pages.reports.native import HEADING, SMALLEST, Item, Label, Native, NativeAxis, NativeSeries
from pages.reports.scene import Colour, Fill, Letters, Line, Mark
from warehouse.downloads import neutral

SHEET = "Daten"
SERIAL = 25569
"""Office counts days from 30 December 1899."""

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DASHES = {
    "solid": "solid",
    "dot": "sysDot",
    "dash": "dash",
    "longdash": "lgDash",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}
_SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle", "cross": "plus", "x": "x",
    "star": "star", "line-ew": "dash",
}  # fmt: skip
NATIVE_SYMBOLS = frozenset(_SYMBOLS)
_PATTERNS = {
    "/": "wdUpDiag",
    ".": "pct25",
    "\\": "wdDnDiag",
    "x": "diagCross",
    "-": "narHorz",
    "|": "narVert",
}
_MUTED, _INK = "51577a", "131525"


class ChartData:
    """What python-pptx asks of chart data: the XML of the chart and the workbook behind it."""

    def __init__(self, native: Native, size: tuple[float, float]) -> None:
        """Take the chart and the size of its frame in points."""
        self._native, self._size = _even(native), size
        self.xlsx_blob = _workbook(self._native)

    def xml_bytes(self, _: object) -> bytes:
        """Return the chart part."""
        return _chart(self._native, self._size).encode()


def _even(native: Native) -> Native:
    """Give all series of points the same number of rows: LibreOffice shows none of them otherwise."""
    if native.kind != "xy":
        return native
    most = max((len(series.items) for series in native.series), default=0)
    even = []
    for series in native.series:
        last = series.items[-1].x if series.items else None
        more = (Item(None, last),) * (most - len(series.items))
        even.append(replace(series, items=(*series.items, *more)))
    return replace(native, series=tuple(even))


def _columns(native: Native) -> list[tuple[str, list[object]]]:
    """Return the columns of the workbook: names first, then for every series its values and what is written at them."""
    columns: list[tuple[str, list[object]]] = [("", list(native.categories))] if native.categories else []
    for series in native.series:
        if series.kind == "xy":
            dated = SERIAL if native.x.dated else 0
            columns.append(
                (f"{series.name} (x)", [None if i.x is None else i.x + dated for i in series.items])
            )
        columns.append((series.name, [item.y for item in series.items]))
        columns.append(
            (
                f"{series.name} – Beschriftung",
                [item.label.text if item.label else None for item in series.items],
            )
        )
    return columns


def _workbook(native: Native) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(SHEET)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for column, (name, cells) in enumerate(_columns(native)):
            sheet.write_string(0, column, neutral(name))
            for row, cell in enumerate(cells, 1):
                if isinstance(cell, str):
                    sheet.write_string(row, column, neutral(cell))
                elif isinstance(cell, (int, float)):
                    sheet.write_number(
                        row, column, cell, day if name.endswith("(x)") and native.x.dated else None
                    )
    return memory.getvalue()


def _chart(native: Native, size: tuple[float, float]) -> str:
    left, top, right, bottom = native.insets
    wide, high = size
    box = (left / wide, top / high, (wide - left - right) / wide, (high - top - bottom) / high)
    layout = "".join(f'<c:{name} val="{part:.5f}"/>' for name, part in zip("xywh", box, strict=True))
    plot = _bars(native) if native.kind != "xy" else _scatter(native)
    frame = _shape_look(line=native.frame)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="de-DE"/><c:roundedCorners val="0"/><c:chart>{_title(native)}'
        f'<c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'{layout}</c:manualLayout></c:layout>{plot}{frame}</c:plotArea><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{_shape_look()}{_text_look(Letters(SMALLEST))}</c:chartSpace>'
    )


def _title(native: Native) -> str:
    if not native.heading:
        return '<c:autoTitleDeleted val="1"/>'
    told = (
        f'<a:p><a:pPr algn="l"/><a:r><a:rPr lang="de-DE" sz="{HEADING * 100}" b="1"><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill>'
        f"</a:rPr><a:t>{escape(native.heading)}</a:t></a:r></a:p>"
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr wrap="none"/>{told}</c:rich></c:tx><c:layout><c:manualLayout><c:xMode val="edge"/>'
        '<c:yMode val="edge"/><c:x val="0"/><c:y val="0"/></c:manualLayout></c:layout><c:overlay val="1"/></c:title>'
        '<c:autoTitleDeleted val="0"/>'
    )


def _paint(colour: Colour) -> str:
    if colour.is_clear:
        return "<a:noFill/>"
    alpha = f'<a:alpha val="{round(colour.alpha * 100_000)}"/>' if colour.alpha < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.hex[1:].upper()}">{alpha}</a:srgbClr></a:solidFill>'


def _line(line: Line | None) -> str:
    if line is None or line.width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = _DASHES.get(line.dash, "solid")
    cap = ' cap="flat"'
    return f'<a:ln w="{round(line.width * 12700)}"{cap}>{_paint(line.colour)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def _shape_look(fill: Fill | None = None, line: Line | None = None) -> str:
    """Return how an area is painted; hatching and tints lie on white, so that a hollow bar hides what is behind it."""
    if fill is None:
        return f"<c:spPr><a:noFill/>{_line(line)}</c:spPr>"
    if fill.pattern:
        ink, paper = fill.pattern_colour.on_white()[1:].upper(), fill.colour.on_white()[1:].upper()
        inside = (
            f'<a:pattFill prst="{_PATTERNS[fill.pattern]}"><a:fgClr><a:srgbClr val="{ink}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{paper}"/></a:bgClr></a:pattFill>'
        )
    else:
        inside = f'<a:solidFill><a:srgbClr val="{fill.colour.on_white()[1:].upper()}"/></a:solidFill>'
    return f"<c:spPr>{inside}{_line(fill.line)}</c:spPr>"


def _text_look(letters: Letters) -> str:
    size = round(max(letters.size, SMALLEST) * 100)
    shade = letters.colour.on_white()[1:] if letters.colour else _MUTED if letters.opacity < 1 else _INK
    return (
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr lang="de-DE" sz="{size}" b="{int(letters.weight >= 600)}">'
        f'<a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="de-DE"/></a:p></c:txPr>'
    )


def _marker(mark: Mark | None) -> str:
    if mark is None or mark.symbol not in _SYMBOLS:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    size = min(72, max(2, round(mark.size)))
    inside = (
        "<a:noFill/>" if mark.hollow and mark.symbol not in ("line-ew", "cross", "x") else _paint(mark.colour)
    )
    edge = mark.outline if mark.outline.width else None
    if mark.symbol == "line-ew":
        inside, edge = _paint(mark.outline.colour), None
    return f'<c:marker><c:symbol val="{_SYMBOLS[mark.symbol]}"/><c:size val="{size}"/><c:spPr>{inside}{_line(edge)}</c:spPr></c:marker>'


def _label(index: int, label: Label, value: float | None) -> str:
    live = live_format(label.text, value) if value is not None else None
    shown = "".join(
        f'<c:{name} val="{on}"/>'
        for name, on in (
            ("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0), ("showPercent", 0), ("showBubbleSize", 0),
        )
    )  # fmt: skip
    look = f"<c:spPr>{_paint(label.background)}<a:ln><a:noFill/></a:ln></c:spPr>"
    letters = _text_look(label.letters)
    place = f'<c:dLblPos val="{label.place}"/>'
    if live:
        inside = f'<c:numFmt formatCode="{escape(live)}" sourceLinked="0"/>{look}{letters}'
    else:
        size = round(max(label.letters.size, SMALLEST) * 100)
        shade = (
            label.letters.colour.on_white()[1:]
            if label.letters.colour
            else _MUTED
            if label.letters.opacity < 1
            else _INK
        )
        rows = "".join(
            f'<a:p><a:r><a:rPr lang="de-DE" sz="{size}" b="{int(label.letters.weight >= 600)}"><a:solidFill><a:srgbClr val="{shade}"/>'
            f"</a:solidFill></a:rPr><a:t>{escape(row)}</a:t></a:r></a:p>"
            for row in label.text.split("\n")
        )
        inside = f'<c:tx><c:rich><a:bodyPr wrap="none"/>{rows}</c:rich></c:tx>{look}'
    return f'<c:dLbl><c:idx val="{index}"/>{inside}{place}{shown}</c:dLbl>'


def _labels(items: Sequence[Item]) -> str:
    told = [(n, item) for n, item in enumerate(items) if item.label and item.y is not None]
    if not told:
        return ""
    off = "".join(
        f'<c:{name} val="0"/>'
        for name in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    return (
        f"<c:dLbls>{''.join(_label(n, item.label, item.y) for n, item in told if item.label)}{off}</c:dLbls>"
    )


def _reference(column: int, rows: int) -> str:
    name = xl_col_to_name(column, col_abs=True)
    return f"{SHEET}!{name}$2:{name}${rows + 1}"


def _numbers(column: int, values: Iterable[float | None]) -> str:
    told = list(values)
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(told) if value is not None
    )
    return (
        f"<c:numRef><c:f>{_reference(column, len(told))}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(told)}"/>{points}</c:numCache></c:numRef>'
    )


def _name(column: int, name: str) -> str:
    place = f"{SHEET}!{xl_col_to_name(column, col_abs=True)}$1"
    return (
        f'<c:tx><c:strRef><c:f>{place}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )


def _scatter(native: Native) -> str:
    told, column = [], 0
    shift = SERIAL if native.x.dated else 0
    for index, series in enumerate(native.series):
        marks = {item.mark for item in series.items if item.y is not None}
        common = next(iter(marks)) if len(marks) == 1 else None
        points = "".join(
            f'<c:dPt><c:idx val="{n}"/>{_marker(item.mark)}<c:bubble3D val="0"/></c:dPt>'
            for n, item in enumerate(series.items)
            if item.y is not None and item.mark != common
        )
        told.append(
            f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{_name(column + 1, series.name)}'
            f"<c:spPr>{_line(series.line)}</c:spPr>{_marker(common)}{points}{_labels(series.items)}"
            f"<c:xVal>{_numbers(column, (None if i.x is None else i.x + shift for i in series.items))}</c:xVal>"
            f'<c:yVal>{_numbers(column + 1, (i.y for i in series.items))}</c:yVal><c:smooth val="0"/></c:ser>'
        )
        column += 3
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{"".join(told)}<c:axId val="1"/><c:axId val="2"/>'
        f"</c:scatterChart>{_value_axis(native.x, 1, 2, 'b', native.y, shift)}{_value_axis(native.y, 2, 1, 'l', native.x)}"
    )


def _bars(native: Native) -> str:
    """Return bars on common categories; thin ones lie on a second pair of axes with the same ends, marks on the first."""
    count, column, groups = len(native.categories), 1, {"bar": "", "thin": "", "line": ""}
    names = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(native.categories)
    )
    cat = f'<c:cat><c:strRef><c:f>{_reference(0, count)}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
    for index, series in enumerate(native.series):
        head = f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{_name(column, series.name)}'
        values = f"{cat}<c:val>{_numbers(column, (item.y for item in series.items))}</c:val>"
        groups["line" if series.kind == "line" else "thin" if series.thin else "bar"] += head + (
            _mark_series(series) + values + '<c:smooth val="0"/></c:ser>'
            if series.kind == "line"
            else _bar_series(series) + values + "</c:ser>"
        )
        column += 2
    direction = "bar" if native.kind == "lying" else "col"
    overlap = 100 if native.stacked or native.kind == "lying" else 0
    grouping = "stacked" if native.stacked else "clustered"

    def bars(inside: str, gap: int, axes: tuple[int, int]) -> str:
        return (
            f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{inside}'
            f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/><c:axId val="{axes[0]}"/><c:axId val="{axes[1]}"/></c:barChart>'
        )

    value = native.x if native.kind == "lying" else native.y
    plot = bars(groups["bar"], native.gap, (1, 2))
    if groups["line"]:
        plot += (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{groups["line"]}<c:marker val="1"/>'
            '<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
        )
    axes = _category_axis(native, 1, 2) + _bar_value_axis(native, value, 2, 1)
    if groups["thin"]:
        plot += bars(groups["thin"], native.thin_gap, (3, 4))
        axes += _category_axis(native, 3, 4, hidden=True) + _bar_value_axis(native, value, 4, 3, hidden=True)
    return plot + axes


def _bar_series(series: NativeSeries) -> str:
    fills = {item.fill for item in series.items if item.y is not None}
    common = next(iter(fills)) if len(fills) == 1 else None
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_shape_look(item.fill)}</c:dPt>'
        for n, item in enumerate(series.items)
        if item.y is not None and item.fill != common
    )
    return f'{_shape_look(common)}<c:invertIfNegative val="0"/>{points}{_labels(series.items)}'


def _mark_series(series: NativeSeries) -> str:
    marks = {item.mark for item in series.items if item.y is not None}
    common = next(iter(marks)) if len(marks) == 1 else None
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>{_marker(item.mark)}<c:bubble3D val="0"/></c:dPt>'
        for n, item in enumerate(series.items)
        if item.y is not None and item.mark != common
    )
    return f"<c:spPr>{_line(series.line)}</c:spPr>{_marker(common)}{points}{_labels(series.items)}"


def _scaling(axis: NativeAxis, shift: float = 0) -> str:
    low, high = sorted((axis.low, axis.high))
    way = "maxMin" if axis.low > axis.high else "minMax"
    return f'<c:scaling><c:orientation val="{way}"/><c:max val="{high + shift!r}"/><c:min val="{low + shift!r}"/></c:scaling>'


def _value_axis(
    axis: NativeAxis, own: int, other: int, side: str, crossing: NativeAxis, shift: float = 0
) -> str:
    """Return an axis of numbers that lies at the lower left, whichever way the other one runs."""
    grid = f"<c:majorGridlines><c:spPr>{_line(axis.grid)}</c:spPr></c:majorGridlines>" if axis.grid else ""
    crosses = "max" if crossing.low > crossing.high else "min"
    labels = "low" if axis.labelled else "none"
    step = f'<c:majorUnit val="{axis.major!r}"/>' if axis.major else ""
    return (
        f'<c:valAx><c:axId val="{own}"/>{_scaling(axis, shift)}<c:delete val="0"/><c:axPos val="{side}"/>{grid}'
        f'<c:numFmt formatCode="{escape(axis.format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{labels}"/><c:spPr>{_line(axis.line)}</c:spPr>{_text_look(Letters(SMALLEST, opacity=0.8))}'
        f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/><c:crossBetween val="midCat"/>{step}</c:valAx>'
    )


def _category_axis(native: Native, own: int, other: int, *, hidden: bool = False) -> str:
    lying = native.kind == "lying"
    way = "maxMin" if lying else "minMax"
    line = _line((native.y if lying else native.x).line)
    return (
        f'<c:catAx><c:axId val="{own}"/><c:scaling><c:orientation val="{way}"/></c:scaling><c:delete val="{int(hidden)}"/>'
        f'<c:axPos val="{"l" if lying else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line}</c:spPr>{_category_letters()}'
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _category_letters() -> str:
    return (
        f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr lang="de-DE" sz="{SMALLEST * 100}"><a:solidFill>'
        f'<a:srgbClr val="{_INK}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="de-DE"/></a:p></c:txPr>'
    )


def _bar_value_axis(native: Native, axis: NativeAxis, own: int, other: int, *, hidden: bool = False) -> str:
    grid = (
        f"<c:majorGridlines><c:spPr>{_line(axis.grid)}</c:spPr></c:majorGridlines>"
        if axis.grid and not hidden
        else ""
    )
    labels = "low" if axis.labelled else "none"
    step = f'<c:majorUnit val="{axis.major!r}"/>' if axis.major else ""
    side = "b" if native.kind == "lying" else "l"
    return (
        f'<c:valAx><c:axId val="{own}"/>{_scaling(axis)}<c:delete val="{int(hidden)}"/><c:axPos val="{side}"/>{grid}'
        f'<c:numFmt formatCode="{escape(axis.format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{labels}"/><c:spPr>{_line(None)}</c:spPr>{_text_look(Letters(SMALLEST, opacity=0.8))}'
        f'<c:crossAx val="{other}"/><c:crosses val="{"max" if hidden else "autoZero"}"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )
