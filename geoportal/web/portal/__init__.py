"""The pages that make the service a part of the portal, and its catalogue."""
