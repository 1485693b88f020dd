"""The component library of the templates (loaded in every template)."""

from django import template

register = template.Library()
