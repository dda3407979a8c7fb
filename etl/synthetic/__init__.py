"""A national warehouse of invented figures, made from a recipe: to see every page full and to measure at full size."""
