"""Is there a value that one schema admits and another does not? Both as sets of values, exactly."""
