"""A native chart as DrawingML, with its workbook: what PowerPoint opens under »Daten bearbeiten«."""

from __future__ import annotations

from html import escape

from pages.reports.chart_axes import bar_value_axis, category_axis, value_axis
from pages.reports.chart_book import SERIAL, even, numbers, reference, series_name, workbook
from pages.reports.chart_looks import INK, labels, line_look, marker, shape_look, text_look
from pages.reports.native import HEADING, SMALLEST, Native, NativeSeries
from pages.reports.scene import Letters

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


class ChartData:
    """What python-pptx asks of chart data: the XML of the chart and the workbook behind it."""

    def __init__(self, native: Native, size: tuple[float, float]) -> None:
        """Take the chart and the size of its frame in points."""
        self._native, self._size = even(native), size
        self.xlsx_blob = workbook(self._native)

    def xml_bytes(self, _: object) -> bytes:
        """Return the chart part."""
        return _chart(self._native, self._size).encode()


def _chart(native: Native, size: tuple[float, float]) -> str:
    left, top, right, bottom = native.insets
    wide, high = size
    box = (left / wide, top / high, (wide - left - right) / wide, (high - top - bottom) / high)
    layout = "".join(f'<c:{name} val="{part:.5f}"/>' for name, part in zip("xywh", box, strict=True))
    plot = _bars(native) if native.kind != "xy" else _scatter(native)
    frame = shape_look(line=native.frame)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="de-DE"/><c:roundedCorners val="0"/><c:chart>{_title(native)}'
        f'<c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'{layout}</c:manualLayout></c:layout>{plot}{frame}</c:plotArea><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{shape_look()}{text_look(Letters(SMALLEST))}</c:chartSpace>'
    )


def _title(native: Native) -> str:
    if not native.heading:
        return '<c:autoTitleDeleted val="1"/>'
    told = (
        f'<a:p><a:pPr algn="l"/><a:r><a:rPr lang="de-DE" sz="{HEADING * 100}" b="1">'
        f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill>'
        f"</a:rPr><a:t>{escape(native.heading)}</a:t></a:r></a:p>"
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr wrap="none"/>{told}</c:rich></c:tx><c:layout><c:manualLayout><c:xMode val="edge"/>'
        '<c:yMode val="edge"/><c:x val="0"/><c:y val="0"/></c:manualLayout></c:layout><c:overlay val="1"/></c:title>'
        '<c:autoTitleDeleted val="0"/>'
    )


def _scatter(native: Native) -> str:
    told, column = [], 0
    shift = SERIAL if native.x.dated else 0
    for index, series in enumerate(native.series):
        marks = {item.mark for item in series.items if item.y is not None}
        common = next(iter(marks)) if len(marks) == 1 else None
        points = "".join(
            f'<c:dPt><c:idx val="{n}"/>{marker(item.mark)}<c:bubble3D val="0"/></c:dPt>'
            for n, item in enumerate(series.items)
            if item.y is not None and item.mark != common
        )
        told.append(
            f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{series_name(column + 1, series.name)}'
            f"<c:spPr>{line_look(series.line)}</c:spPr>{marker(common)}{points}{labels(series.items)}"
            f"<c:xVal>{numbers(column, (None if i.x is None else i.x + shift for i in series.items))}</c:xVal>"
            f'<c:yVal>{numbers(column + 1, (i.y for i in series.items))}</c:yVal><c:smooth val="0"/></c:ser>'
        )
        column += 3
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/>'
        f'<c:varyColors val="0"/>{"".join(told)}<c:axId val="1"/><c:axId val="2"/>'
        f"</c:scatterChart>{value_axis(native.x, 1, 2, 'b', native.y, shift)}{value_axis(native.y, 2, 1, 'l', native.x)}"
    )


def _bars(native: Native) -> str:
    """Return bars on common categories; thin ones lie on a second pair of axes with the same ends, marks on the first."""
    count, column, groups = len(native.categories), 1, {"bar": "", "thin": "", "line": ""}
    names = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(native.categories)
    )
    cat = (
        f"<c:cat><c:strRef><c:f>{reference(0, count)}</c:f><c:strCache>"
        f'<c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
    )
    for index, series in enumerate(native.series):
        head = f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{series_name(column, series.name)}'
        values = f"{cat}<c:val>{numbers(column, (item.y for item in series.items))}</c:val>"
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
            f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
            f'<c:axId val="{axes[0]}"/><c:axId val="{axes[1]}"/></c:barChart>'
        )

    value = native.x if native.kind == "lying" else native.y
    plot = bars(groups["bar"], native.gap, (1, 2))
    if groups["line"]:
        plot += (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{groups["line"]}<c:marker val="1"/>'
            '<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
        )
    axes = category_axis(native, 1, 2) + bar_value_axis(native, value, 2, 1)
    if groups["thin"]:
        plot += bars(groups["thin"], native.thin_gap, (3, 4))
        axes += category_axis(native, 3, 4, hidden=True) + bar_value_axis(native, value, 4, 3, hidden=True)
    return plot + axes


def _bar_series(series: NativeSeries) -> str:
    fills = {item.fill for item in series.items if item.y is not None}
    common = next(iter(fills)) if len(fills) == 1 else None
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{shape_look(item.fill)}</c:dPt>'
        for n, item in enumerate(series.items)
        if item.y is not None and item.fill != common
    )
    return f'{shape_look(common)}<c:invertIfNegative val="0"/>{points}{labels(series.items)}'


def _mark_series(series: NativeSeries) -> str:
    marks = {item.mark for item in series.items if item.y is not None}
    common = next(iter(marks)) if len(marks) == 1 else None
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>{marker(item.mark)}<c:bubble3D val="0"/></c:dPt>'
        for n, item in enumerate(series.items)
        if item.y is not None and item.mark != common
    )
    return f"<c:spPr>{line_look(series.line)}</c:spPr>{marker(common)}{points}{labels(series.items)}"
