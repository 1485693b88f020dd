"""Builds the project's own Word templates into data/papers/; offices replace them without code."""

import pkgutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from ocop.evaluation import papers
from ocop.promotion import papers as promotion


class Command(BaseCommand):
    help = "Dựng lại các tệp mẫu Word của hệ thống trong data/papers/."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.OCOP_REFERENCE_DIR) / "papers"
        packages = (papers, promotion)
        modules = (
            one
            for package in packages
            for one in pkgutil.iter_modules(package.__path__, package.__name__ + ".")
        )
        for module in modules:
            try:
                templates = import_string(f"{module.name}.TEMPLATES")
            except ImportError:
                continue
            for name, build in templates.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                build(path)
                self.stdout.write(name)
