"""What a person can ask: findings, the ladder, Today."""
