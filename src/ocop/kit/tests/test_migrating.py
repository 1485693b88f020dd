"""A foreign key gives up its own index and gets it back, without its table being written anew."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState

from ocop.kit.migrating import DropOwnIndexes
from ocop.kit.tests.sample.models import Page


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Page._meta.db_table)
    return {name for name, one in found.items() if one["index"] and one["columns"] == ["book_id"]}


@pytest.mark.django_db(transaction=True)
def test_the_own_index_goes_and_comes_back() -> None:
    operation = DropOwnIndexes([("page", "book")])
    label = Page._meta.app_label
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards(label, after)
    fields = [state.models[label, "page"].fields["book"] for state in (before, after)]
    assert [field.db_index for field in fields] == [True, False]
    assert len(indexes()) == 1
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards(label, editor, before, after)
        assert indexes() == set()
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards(label, editor, after, before)
    assert len(indexes()) == 1
