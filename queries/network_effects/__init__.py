"""How partners make one another and the whole stronger: lifts, retention with integrations, network effects, moats."""
