"""What is done: needs, plans, activities, people, events, the apparatus."""
