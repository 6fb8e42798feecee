"""What becomes of a plate: DOT, a drawing, a sheet of paper, Mermaid, a page, a picture in a notebook."""
