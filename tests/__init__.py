"""The tests mirror the rooms of the house; `tests/browser` opens the pages as people do."""
