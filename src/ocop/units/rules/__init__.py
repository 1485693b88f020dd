"""Plain rules of units: no Django, no database, no clock."""
