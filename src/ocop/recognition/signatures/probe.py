"""Checks the signatures of the PDF on standard input in a process of its own with little memory and time.

A hostile file may hang or end whoever reads it, so the server lets this process do it. Run by path; it imports nothing
of the project and has no network. Input: one line of JSON {"roots": [DER in base64], "at": ISO time}, then the bytes of
the file. Output: one line of JSON, {"signatures": [...], "revisions": n} or {"unreadable": true}.
"""

import base64
import io
import json
import resource
import socket
import sys
from typing import Any, NoReturn

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 40  # of processor time
MOST = 20  # signatures of one file
LONG = 200  # characters of a name


def _no_network(*_: Any, **__: Any) -> NoReturn:
    raise OSError("a check of signatures asks nobody")


def _name(holder: Any) -> str:
    """What a certificate calls somebody: the common name, else all of it."""
    found = holder.native.get("common_name") or holder.human_friendly
    return str(found[0] if isinstance(found, list) else found)[:LONG]


def _only_signatures_may_follow() -> Any:
    """The library's own policy without the rule that lets a later revision fill in fields."""
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        FormUpdatingRule,
        SigFieldCreationRule,
        SigFieldModificationRule,
        StandardDiffPolicy,
    )

    signing = FormUpdatingRule(field_rules=[SigFieldCreationRule(), SigFieldModificationRule()])
    return StandardDiffPolicy(global_rules=DEFAULT_DIFF_POLICY.global_rules, form_rule=signing)


def _one(embedded: Any, roots: list[Any], at: Any, revisions: int) -> dict[str, Any]:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # Nothing is fetched; a file may bring its own lists of revoked certificates, the system brings none.
    context = ValidationContext(
        trust_roots=roots, moment=at, allow_fetching=False, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    status = validate_pdf_signature(
        embedded, signer_validation_context=context, ts_validation_context=context, key_usage_settings=usage,
        diff_policy=_only_signatures_may_follow(),
    )  # fmt: skip
    signer = status.signing_cert
    problem = status.trust_problem_indic
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    harmless = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    last = embedded.signed_revision + 1 == revisions
    said = embedded.self_reported_timestamp
    stamped = status.timestamp_validity
    return {
        "signer": _name(signer.subject),
        "issuer": _name(signer.issuer),
        "from": signer.not_valid_before.isoformat(),
        "to": signer.not_valid_after.isoformat(),
        "said_at": said.isoformat() if said else None,
        "stamped_at": stamped.timestamp.isoformat() if stamped and stamped.trusted else None,
        "revision": embedded.signed_revision + 1,
        "revisions": revisions,
        "intact": bool(status.intact and status.valid),
        "changed": not whole
        and (last or status.modification_level not in harmless or status.docmdp_ok is False),
        "trusted": bool(roots and status.trusted),
        "problem": problem.standard_name if problem is not None else "",
    }


def look(data: bytes, roots: list[Any], at: Any) -> dict[str, Any]:
    """What the file's signatures are worth; raises whatever the library raises for a file it cannot read."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(data))
        if reader.encrypted:
            raise ValueError("nobody may say what a locked file holds")
        signatures = reader.embedded_regular_signatures
    except Exception:
        # A file that is read only leniently has no signature worth a check; without one it is a plain scan.
        lenient = PdfFileReader(io.BytesIO(data), strict=False)
        if lenient.encrypted or lenient.embedded_signatures:
            raise
        return {"signatures": [], "revisions": 1}
    if len(signatures) > MOST:
        raise ValueError("more signatures than a paper bears")
    revisions = reader.xrefs.total_revisions
    return {
        "signatures": [_one(embedded, roots, at, revisions) for embedded in signatures],
        "revisions": revisions,
    }


def main() -> int:
    """0 with the answer on standard output; anything else when the file ended this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import logging
    from datetime import datetime

    from asn1crypto import x509

    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.buffer.readline())
    roots = [x509.Certificate.load(base64.b64decode(root)) for root in asked["roots"]]
    at = datetime.fromisoformat(asked["at"])
    data = sys.stdin.buffer.read()
    try:
        import pyhanko.sign.validation  # noqa: F401 - loaded before the network is shut

        socket.socket.connect = _no_network  # type: ignore[method-assign]
        socket.getaddrinfo = _no_network
        answer = look(data, roots, at)
    except Exception:
        answer = {"unreadable": True}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
