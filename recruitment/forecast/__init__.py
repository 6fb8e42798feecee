"""What is next in a file, and when: status, deadlines, plans, the agenda of a branch. Pure."""
