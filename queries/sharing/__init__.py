"""What partners' own logins may see of our accounts, and their view of the overlap."""
