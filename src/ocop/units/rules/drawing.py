"""The schematic of the province: where a point in degrees lies on the drawing."""

WIDTH, HEIGHT = 800, 536
"""The drawing in its own units."""

WEST, EAST, SOUTH, NORTH = 105.03, 106.62, 17.85, 18.86
"""The window of the drawing, in degrees: Hà Tĩnh between Lào, Nghệ An, Quảng Trị and the sea."""


def position(lng: float, lat: float) -> tuple[float, float]:
    """Where a point lies in the window, from 0 to 1 to the right and downwards."""
    return (lng - WEST) / (EAST - WEST), (NORTH - lat) / (NORTH - SOUTH)


def is_inside(lng: float, lat: float) -> bool:
    """True for a point that lies on the drawing."""
    return WEST <= lng <= EAST and SOUTH <= lat <= NORTH
