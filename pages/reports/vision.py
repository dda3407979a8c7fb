"""How far apart two colours are for people with and without colour blindness, and against a background.

Contrast: WCAG 2.1. Distance: CIE76 in CIELAB, a plain measure that needs no tuning. Simulation: Machado,
Oliveira and Fernandes 2009, severity 1.0.
"""

import math

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

VISION: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Vector = (0.95047, 1.0, 1.08883)


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours written as ``#rrggbb`` (1 to 21)."""
    darker, lighter = sorted(_times(_XYZ, _linear(colour))[1] for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def distance(first: str, second: str, vision: str) -> float:
    """Return how different two colours look with a kind of vision (CIELAB; 2.3 is just noticeable)."""
    return math.dist(*(_lab(_times(VISION[vision], _linear(colour))) for colour in (first, second)))


def _linear(colour: str) -> Vector:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _gamma(red), _gamma(green), _gamma(blue)


def _gamma(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _times(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(a * min(max(b, 0.0), 1.0) for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _lab(rgb: Vector) -> Vector:
    ratios = (part / white for part, white in zip(_times(_XYZ, rgb), _WHITE, strict=True))
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lightness(colour: str) -> float:
    """Return how light a colour is in black and white (CIELAB L*, 0 to 100)."""
    return _lab(_linear(colour))[0]
