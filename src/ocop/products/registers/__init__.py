"""The registers of products, papers and marks."""

from ocop.products.registers.marks import MARK_ENTITLEMENTS, MARK_SUPPORTS, MARKS
from ocop.products.registers.record import PAPERS, PRODUCTS

REGISTERS = (
    (PRODUCTS, "so/san-pham/"),
    (PAPERS, "so/giay-to/"),
    (MARKS, "so/nhan-hieu/"),
    (MARK_ENTITLEMENTS, "so/nhan-hieu/quyen-dung/"),
    (MARK_SUPPORTS, "so/nhan-hieu/ho-tro/"),
)
"""Each register with the address of its list."""

__all__ = ["MARKS", "MARK_ENTITLEMENTS", "MARK_SUPPORTS", "PAPERS", "PRODUCTS", "REGISTERS"]
