"""What people and programs are shown: sentences, JSON, HTML pages, calendar files."""
