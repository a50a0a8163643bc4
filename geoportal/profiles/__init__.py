"""A territorial unit in figures: its values, their standing among other units, who is alike and who lies beside it."""
