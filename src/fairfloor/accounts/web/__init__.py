"""Pages of sign-in and of the administration of users."""
