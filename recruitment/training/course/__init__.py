"""An invented lawful course under one edition."""
