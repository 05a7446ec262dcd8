"""``python -m jibungoto``: the command line."""

from jibungoto.cli.main import main

main()
