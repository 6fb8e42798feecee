"""What every plate is made of: its values, the places of them, letters and their measures, and how each looks."""
