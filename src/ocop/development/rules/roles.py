"""Who acts in the tables of this app, and the clauses they stand on."""

from ocop.accounts.enums import Role

PRODUCER = frozenset({"producer.owner", "producer.staff", "producer.helper"})
ASSIGNEE = "obstacle.assignee"
LOCAL = frozenset({"local.officer"})
ADVISORY = frozenset({Role.ADVISORY_OFFICER.value})
SCIENCE = frozenset({Role.DEPARTMENT_OFFICER.value, Role.ADVISORY_OFFICER.value})
"""The department of science gathers and transfers (chapter VI.4), the advisory body beside it."""
LEADERS = frozenset({"local.leader"})
PROVINCE_LEADER = frozenset({Role.PROVINCE_LEADER.value})
CLOCK = "system.clock"
"""The scheduler: no person holds it."""

SUPPORT = "Kế hoạch OCOP Hà Tĩnh 2023-2025, mục IV.3.2.b"
ORGANISATIONS = "Kế hoạch OCOP Hà Tĩnh 2023-2025, mục IV.3.2.c"
SCIENCE_PLAN = "Kế hoạch OCOP Hà Tĩnh 2023-2025, mục IV.6 và phần VI.4 (Sở Khoa học và Công nghệ)"
