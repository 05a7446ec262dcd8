"""OWWH: objective, who, what, how, held to measurable victory conditions."""
