"""A branch's own list, XLSX or CSV, as the entries of a dossier."""
