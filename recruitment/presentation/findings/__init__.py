"""The words of a finding: its sentence, its citation, what would put it right."""
