"""What a wrong answer is told can be told: the message of each validator of a model field can be put together."""

from django.apps import apps
from django.core.exceptions import ValidationError

PARAMS = {"limit_value": 1, "show_value": 2, "value": 2, "max": 1, "digits": 1, "whole": 1}


def test_every_message_of_a_validator_can_be_written():
    """A bare per cent sign in a message is a sheet that crashes on the first wrong answer."""
    wrong = []
    for model in apps.get_models():
        for field in model._meta.fields:
            for check in field.validators:
                message = getattr(check, "message", "")
                try:
                    ValidationError(message, params=PARAMS).messages  # noqa: B018 - put together when read
                except (ValueError, TypeError, KeyError) as error:
                    wrong.append(f"{model.__name__}.{field.name}: {message} ({error})")
    assert wrong == []
