"""All alert rules of this room, in the order of domain.md 11."""

from jibungoto.sustain.rules import isolation, layers, team
from jibungoto.sustain.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *(rule for rule in team.RULES if rule.key.startswith("P")),
    *layers.RULES,
    *isolation.RULES,
    *(rule for rule in team.RULES if not rule.key.startswith("P")),
)
BY_KEY: dict[str, Rule] = {rule.key: rule for rule in RULES}
