"""Signed papers that come back in: who signed, whether anything changed since, and whether a root of ours vouches."""
