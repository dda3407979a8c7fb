"""The axes of a native chart in DrawingML."""

from __future__ import annotations

from html import escape

from pages.reports.chart_looks import INK, line_look, text_look
from pages.reports.native import SMALLEST, Native, NativeAxis
from pages.reports.scene import Letters


def _scaling(axis: NativeAxis, shift: float = 0) -> str:
    low, high = sorted((axis.low, axis.high))
    way = "maxMin" if axis.low > axis.high else "minMax"
    base = '<c:logBase val="10"/>' if axis.logarithmic else ""
    ends = f'<c:max val="{high + shift!r}"/><c:min val="{low + shift!r}"/>'
    return f'<c:scaling>{base}<c:orientation val="{way}"/>{ends}</c:scaling>'


def value_axis(
    axis: NativeAxis, own: int, other: int, side: str, crossing: NativeAxis, shift: float = 0
) -> str:
    """Return an axis of numbers that lies at the lower left, whichever way the other one runs."""
    grid = (
        f"<c:majorGridlines><c:spPr>{line_look(axis.grid)}</c:spPr></c:majorGridlines>" if axis.grid else ""
    )
    crosses = "max" if crossing.low > crossing.high else "min"
    labels = "low" if axis.labelled else "none"
    step = f'<c:majorUnit val="{axis.major!r}"/>' if axis.major else ""
    return (
        f'<c:valAx><c:axId val="{own}"/>{_scaling(axis, shift)}<c:delete val="0"/><c:axPos val="{side}"/>{grid}'
        f'<c:numFmt formatCode="{escape(axis.format)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{labels}"/><c:spPr>{line_look(axis.line)}</c:spPr>{text_look(Letters(SMALLEST, opacity=0.8))}'
        f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/><c:crossBetween val="midCat"/>{step}</c:valAx>'
    )


def category_axis(native: Native, own: int, other: int, *, hidden: bool = False) -> str:
    """Return the axis of the names; `hidden` that of the inner bars."""
    lying = native.kind == "lying"
    way = "maxMin" if lying else "minMax"
    line = line_look((native.y if lying else native.x).line)
    return (
        f'<c:catAx><c:axId val="{own}"/><c:scaling><c:orientation val="{way}"/></c:scaling><c:delete val="{int(hidden)}"/>'
        f'<c:axPos val="{"l" if lying else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line}</c:spPr>{_category_letters()}'
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _category_letters() -> str:
    return (
        f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr lang="de-DE" sz="{SMALLEST * 100}"><a:solidFill>'
        f'<a:srgbClr val="{INK}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="de-DE"/></a:p></c:txPr>'
    )


def bar_value_axis(native: Native, axis: NativeAxis, own: int, other: int, *, hidden: bool = False) -> str:
    """Return the axis along which bars grow; `hidden` that of the inner bars, with the same ends."""
    grid = (
        f"<c:majorGridlines><c:spPr>{line_look(axis.grid)}</c:spPr></c:majorGridlines>"
        if axis.grid and not hidden
        else ""
    )
    labels = "low" if axis.labelled else "none"
    step = f'<c:majorUnit val="{axis.major!r}"/>' if axis.major else ""
    side = "b" if native.kind == "lying" else "l"
    return (
        f'<c:valAx><c:axId val="{own}"/>{_scaling(axis)}<c:delete val="{int(hidden)}"/><c:axPos val="{side}"/>{grid}'
        f'<c:numFmt formatCode="{escape(axis.format)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{labels}"/><c:spPr>{line_look(None)}</c:spPr>{text_look(Letters(SMALLEST, opacity=0.8))}'
        f'<c:crossAx val="{other}"/><c:crosses val="{"max" if hidden else "autoZero"}"/>'
        f'<c:crossBetween val="between"/>{step}</c:valAx>'
    )
