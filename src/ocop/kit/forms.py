"""How forms look: one field template for the whole product, errors beside the field they belong to."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms and fields with the kit's own templates."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
