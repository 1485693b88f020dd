"""The layouts of evaluation's papers."""
