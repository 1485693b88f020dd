"""Everything that ideas, meetings and plans can be asked to do."""

from ocop.cycle.actions.ideas import (
    IDEA_DESK,
    home_of,
    open_idea,
    register_idea,
    return_idea,
    save_screen,
    withdraw_idea,
)
from ocop.cycle.actions.meetings import (
    MEETING_DESK,
    approve_list,
    cancel_meeting,
    drop_idea,
    list_ideas,
    plan_meeting,
    return_list,
    score_idea,
    submit_list,
)
from ocop.cycle.actions.plans import (
    PLAN_DESK,
    appraise_plan,
    approve_plan,
    finish_plan,
    open_plan,
    open_product_of,
    press_plan,
    report_quarter,
    save_lines,
    submit_plan,
)

__all__ = [
    "IDEA_DESK", "MEETING_DESK", "PLAN_DESK", "appraise_plan", "approve_list", "approve_plan", "cancel_meeting",
    "drop_idea", "finish_plan", "home_of", "list_ideas", "open_idea", "open_plan", "open_product_of", "plan_meeting",
    "press_plan", "register_idea", "report_quarter", "return_idea", "return_list", "save_lines", "save_screen",
    "score_idea", "submit_list", "submit_plan", "withdraw_idea",
]  # fmt: skip
