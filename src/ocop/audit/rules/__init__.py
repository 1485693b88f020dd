"""Digests and the chain of seals: plain values in, text out."""
