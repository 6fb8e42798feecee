"""A plan: the first and the last lawful day of every act that is still to come."""
