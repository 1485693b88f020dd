"""The frame around each component on the pattern page."""

from django.utils.safestring import SafeString

from ocop.kit.patterns import documentation
from ocop.kit.templatetags.ui_library import COMPONENTS, part, register


@register.simple_block_tag
def pattern(content: str, name: str) -> SafeString:
    """Heading, documentation and examples of one component; a name that is no component raises KeyError."""
    signature, lines = documentation(COMPONENTS[name])
    return part("pattern", {"name": name, "signature": signature, "lines": lines, "content": content})
