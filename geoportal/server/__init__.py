"""How requests come in: uvicorn's loop answers what can be answered at once, threads do the rest."""
