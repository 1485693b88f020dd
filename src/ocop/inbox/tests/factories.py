"""Makers of people and notices."""

import factory
from django.contrib.auth import get_user_model

from ocop.inbox.models import Notice
from ocop.kit import clock


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who signs in and can be reached by mail."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi{n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@vidu.vn")


class NoticeFactory(factory.django.DjangoModelFactory):
    """One notice, without deliveries."""

    class Meta:
        model = Notice

    kind = "test.returned"
    to = factory.SubFactory(PersonFactory)
    title = "Hồ sơ bị trả lại"
    at = factory.LazyFunction(clock.now)
