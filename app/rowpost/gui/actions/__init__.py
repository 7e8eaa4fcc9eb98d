"""What a person can do, step by step; each file holds the deeds of one page."""
