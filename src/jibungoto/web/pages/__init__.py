"""One module per room of the navigation; each view asks the desk once and renders."""
