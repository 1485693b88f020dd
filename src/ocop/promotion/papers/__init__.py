"""Papers of promotion, each from a Word template that offices can replace."""
