"""Makers of test rows."""

import factory
from django.contrib.auth import get_user_model


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who signs in."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi{n}")
