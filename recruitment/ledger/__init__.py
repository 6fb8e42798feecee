"""Files and their acts, to which things are only ever added, in a store; and the office, where they are recorded."""
