"""What offices share in keeping registers and cases of units and producers: reach, roles, notices, forms, files.

`docs/how-to/add-a-register.md` and `add-a-procedure.md` show it in use.
"""

from ocop.producers.casework.files import WithFiles, keep_files
from ocop.producers.casework.forms import DegreesField, FilesForm, OfficeForm
from ocop.producers.casework.installing import install
from ocop.producers.casework.registers import KEEPERS, OfficeProcedure, OfficeRegister
from ocop.producers.casework.roles import people_of, roles_on
from ocop.producers.casework.scoping import ScopedQuerySet
from ocop.producers.casework.telling import teller

__all__ = [
    "KEEPERS",
    "DegreesField",
    "FilesForm",
    "OfficeForm",
    "OfficeProcedure",
    "OfficeRegister",
    "ScopedQuerySet",
    "WithFiles",
    "install",
    "keep_files",
    "people_of",
    "roles_on",
    "teller",
]
