"""`python -m recruitment`: the command, where the script of that name is not on PATH."""

from __future__ import annotations

from recruitment.cli.main import main

if __name__ == "__main__":
    main()
