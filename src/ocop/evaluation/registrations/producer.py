"""The producer's desk: its files, its tab on the product, its menu entry."""

from ocop.evaluation.queries.evidence import may_read_file
from ocop.evaluation.queries.mine import dossier_url_of
from ocop.evaluation.queries.renewal import extension_presses, renewal_presses
from ocop.kit import registry
from ocop.producers.queries import is_producer_side
from ocop.products.models import Product
from ocop.products.permissions import may_edit
from ocop.recognition.presses import PressSource, press_sources


def register() -> None:
    """Add them."""
    registry.file_readers.add(registry.FileReader("evaluation", may_read_file))
    press_sources.add(PressSource("evaluation.renewal", renewal_presses))
    press_sources.add(PressSource("evaluation.extension", extension_presses))
    registry.tabs.add(
        registry.Tab(
            "evaluation.dossiers",
            Product,
            "Hồ sơ OCOP",
            dossier_url_of,
            shown=lambda user, product: bool(may_edit(user, product)),
            order=30,
        )
    )
    registry.menu.add(
        registry.MenuEntry(
            key="evaluation.mine",
            section="Hồ sơ",
            label="Hồ sơ của tôi",
            url_name="evaluation:my-dossiers",
            icon="folder-open",
            shown=is_producer_side,
            order=5,
        )
    )
