"""How the code says no: a refusal carries a code, a reason in Vietnamese and the article it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """A "no" with its reason; falsy, so that `if may_submit(user, dossier):` reads well."""

    code: str
    reason: str
    article: str = ""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Allowed:
    """A "yes"; truthy."""

    def __bool__(self) -> bool:
        return True


ALLOWED = Allowed()
Verdict = Allowed | Refusal


class Refused(Exception):  # noqa: N818 - the domain says "refused", not "error"
    """Raised by an action that will not act. Nothing was written.

    `refusals` holds every reason found, so that a page can show all of them at once.
    """

    def __init__(
        self, code: str, reason: str, article: str = "", *, refusals: tuple[Refusal, ...] = ()
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.article = article
        self.refusals = refusals or (Refusal(code, reason, article),)

    @classmethod
    def because(cls, refusals: "list[Refusal] | tuple[Refusal, ...]") -> "Refused":
        """One exception out of one or more refusals."""
        first = refusals[0]
        return cls(first.code, first.reason, first.article, refusals=tuple(refusals))


class Forbidden(Refused):
    """The person may see the object but may not do this to it; a page answers 403 with the reason."""


class Stale(Refused):
    """Somebody else changed the object since this page was opened; a page answers 409 and keeps what was typed."""


def require(verdict: Verdict) -> None:
    """Raise `Forbidden` when a permission predicate said no."""
    if isinstance(verdict, Refusal):
        raise Forbidden(verdict.code, verdict.reason, verdict.article)


class BadData(Exception):  # noqa: N818 - the data is bad
    """A data file that is refused: its text names file, place and reason in Vietnamese. Nothing was written."""
