"""Help nearby: the finder, ``/nearest``, search, opening hours in the state's terms."""
