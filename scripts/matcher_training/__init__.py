"""Training data and trees for the matcher's score (run scripts/train_matcher.py)."""
