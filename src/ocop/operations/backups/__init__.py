"""Backups: the database and the files of one moment as one folder that proves itself (ADR 10)."""
