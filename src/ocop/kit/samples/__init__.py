"""Rows of any model, made by looking at its fields: for tests of all registers, for measures, for tables of addresses.

samples = Samples({Unit: commune, Producer: producer, User: officer})
row = samples.make(Fair)                  # saved and valid
rows = samples.many(Fair, 20_000)         # in bulk
samples.row(FAIRS), samples.rows(FAIRS, 20)  # a register says what a look at the fields cannot tell: `sample()`
typed.posted(form, row), typed.cells(columns, row)  # the same row as a form and as a line of a sheet
"""

from ocop.kit.samples.factory import Given, Samples

__all__ = ["Given", "Samples"]
