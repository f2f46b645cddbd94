"""The command line: reads what it is given, renders what show/ answers."""
