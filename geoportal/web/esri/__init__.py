"""The façade for clients of Esri's REST interface."""
