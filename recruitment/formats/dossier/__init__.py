"""The dossier: the JSON format in which other applications exchange files."""
