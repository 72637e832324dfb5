"""Fits the weights of store/guidebook/wording/sentence_score.py: `make wording`. Sets that measure are left out."""
