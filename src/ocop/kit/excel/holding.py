"""Imports of one register write one after the other, so that each sees what the one before has written."""

from django.db import connection


def hold(register: str) -> None:
    """Wait until no other import of the register is writing; held to the end of the caller's transaction.

    Two officers who confirm the same file at once would both find its rows unknown. SQLite lets one writer in anyhow
    (transactions are IMMEDIATE); PostgreSQL is asked for a lock of that name.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"ocop.import:{register}"])
