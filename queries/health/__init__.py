"""How the ecosystem does as a whole: activity, revenue, retention, maturity, over time."""
