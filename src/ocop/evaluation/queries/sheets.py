"""The one door to the criteria sheet of a dossier: the text of the book that it froze when it was handed in."""

from ocop.evaluation.models import Dossier
from ocop.rulebook.queries import sheet_version
from ocop.rulebook.rules.sheet import Sheet


def sheet_for(dossier: Dossier) -> Sheet:
    """The sheet by which this dossier is marked: that of its last submission, else the set's present text.

    A corrected or official text loaded later never moves a level under a dossier that lies with an office; what the
    producer changes after a return is filled in, and frozen again, by the present text (Art. 7.1). One small query
    for a dossier that was handed in, none for one being written.
    """
    if dossier.is_editable:
        return dossier.criteria_set.sheet
    frozen = dossier.submissions.order_by("-number").values_list("content__sheet", flat=True).first()
    return sheet_version(dossier.criteria_set, frozen) if frozen else dossier.criteria_set.sheet
