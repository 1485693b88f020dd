"""Reading YAML with the parser of libyaml where it is installed: data files are read ten times as fast."""

from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> Any:
    """The plain values of a YAML text; raises `yaml.YAMLError`, and ValueError for a day that there is not."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - both are safe loaders
